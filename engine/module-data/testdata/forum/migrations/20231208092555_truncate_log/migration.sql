TRUNCATE TABLE public.log RESTART IDENTITY;
INSERT INTO public.log (what, n) VALUES ('fresh', 1);
