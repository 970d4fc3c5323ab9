DO $do$
DECLARE r record;
BEGIN
  FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename IN ('Product', 'Review') LOOP
    EXECUTE format('ALTER TABLE public.%I ADD COLUMN "legacy" BOOLEAN NOT NULL DEFAULT false', r.tablename);
  END LOOP;
END
$do$;
