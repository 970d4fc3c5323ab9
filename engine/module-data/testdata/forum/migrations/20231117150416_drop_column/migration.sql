ALTER TABLE public.members DROP COLUMN secret;
