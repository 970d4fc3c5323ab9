CREATE EXTENSION IF NOT EXISTS citext;
ALTER TABLE public.members ADD COLUMN email public.citext UNIQUE;
UPDATE public.members SET email = handle || '@Example.org';
