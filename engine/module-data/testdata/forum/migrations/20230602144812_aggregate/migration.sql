CREATE FUNCTION public.longest_step(a text, b text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN length(a) >= length(b) THEN a ELSE b END $$;
CREATE AGGREGATE public.longest(text) (SFUNC = public.longest_step, STYPE = text, INITCOND = '');
