DO LANGUAGE plpgsql $$
DECLARE
  n integer;
BEGIN
  SELECT count(*) INTO n FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname = 'public' AND c.relname = 'Patient';
  IF n <> 1 OR to_regclass('public."Patient"') IS NULL THEN RAISE 'no patients'; END IF;
  PERFORM set_config('search_path', 'public', true);
  ALTER TABLE "Patient" ADD COLUMN IF NOT EXISTS "geprüft" boolean DEFAULT true;
END
$$;
