CREATE UNIQUE INDEX CONCURRENTLY log_what_n ON public.log (what, n, id);
