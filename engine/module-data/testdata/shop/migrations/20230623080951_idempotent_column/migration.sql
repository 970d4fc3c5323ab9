DO $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'User' AND column_name = 'locale'
  ) THEN
    ALTER TABLE "public"."User" ADD COLUMN "locale" TEXT NOT NULL DEFAULT 'en';
  END IF;
END
$$;
