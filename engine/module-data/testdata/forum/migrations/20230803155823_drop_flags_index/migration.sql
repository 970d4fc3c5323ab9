DROP INDEX CONCURRENTLY public.flags_flag;
