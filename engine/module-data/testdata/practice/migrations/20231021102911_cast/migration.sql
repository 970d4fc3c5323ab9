CREATE TYPE public.euro AS (cent bigint);
CREATE FUNCTION public.to_euro(numeric) RETURNS public.euro LANGUAGE sql IMMUTABLE AS $$ SELECT ROW(($1 * 100)::bigint)::public.euro $$;
CREATE TABLE "Preis" (id int PRIMARY KEY, betrag public.euro);
INSERT INTO "Preis" SELECT i, public.to_euro(i * 1.5) FROM generate_series(1, 15) i;
