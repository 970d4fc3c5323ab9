CREATE TYPE public.badge AS (name text, level integer);
ALTER TABLE public.members ADD COLUMN badge public.badge;
UPDATE public.members SET badge = ROW('founder', 3)::public.badge WHERE id < 105;
