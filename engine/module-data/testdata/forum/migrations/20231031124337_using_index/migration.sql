CREATE UNIQUE INDEX CONCURRENTLY log_what_n ON public.log (what, n, id);
ALTER TABLE public.log ADD CONSTRAINT log_what_n_key UNIQUE USING INDEX log_what_n;
