ALTER TABLE public.log ADD CONSTRAINT log_what_n_key UNIQUE USING INDEX log_what_n;
