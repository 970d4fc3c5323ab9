DO $$ BEGIN
  CREATE TYPE public.reaction_kind AS ENUM ('like', 'laugh');
EXCEPTION
  WHEN duplicate_object THEN null;
END $$;
