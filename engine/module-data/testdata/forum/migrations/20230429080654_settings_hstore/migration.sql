CREATE EXTENSION IF NOT EXISTS hstore;
ALTER TABLE public.members ADD COLUMN settings public.hstore NOT NULL DEFAULT ''::public.hstore;
UPDATE public.members SET settings = public.hstore('theme', CASE WHEN id % 2 = 0 THEN 'dark' ELSE 'light' END);
