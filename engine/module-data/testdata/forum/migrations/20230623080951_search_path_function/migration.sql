CREATE FUNCTION public.member_names() RETURNS SETOF text LANGUAGE sql SECURITY DEFINER SET search_path = 'public' AS $$ SELECT handle FROM members $$;
SET search_path TO public;
CREATE TABLE unqualified (id serial PRIMARY KEY, note text DEFAULT 'public');
INSERT INTO unqualified (note) VALUES ('the word public. stays'), (DEFAULT);
