CREATE TABLE public.public (id int PRIMARY KEY, public text);
INSERT INTO public.public VALUES (1, 'public.public');
UPDATE public.public SET public = public.public || '!' WHERE public.id = 1;
