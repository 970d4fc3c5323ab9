CREATE PROCEDURE public.lock_old(days integer) LANGUAGE plpgsql AS $p$
BEGIN
  UPDATE public.topics SET locked = true WHERE created_at < now() - make_interval(days => days);
END $p$;
CALL public.lock_old(30);
