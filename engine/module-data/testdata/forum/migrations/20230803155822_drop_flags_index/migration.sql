CREATE INDEX CONCURRENTLY flags_flag ON public.flags (flag);
DROP INDEX CONCURRENTLY public.flags_flag;
