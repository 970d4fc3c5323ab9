CREATE INDEX CONCURRENTLY flags_flag ON public.flags (flag);
