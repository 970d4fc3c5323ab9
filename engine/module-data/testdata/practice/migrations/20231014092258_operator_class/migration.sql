CREATE FUNCTION public.gleich(a text, b text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $f$ SELECT lower(a) OPERATOR(pg_catalog.=) lower(b) $f$;
CREATE OPERATOR public.=~= (LEFTARG = text, RIGHTARG = text, FUNCTION = public.gleich, COMMUTATOR = OPERATOR(public.=~=));
CREATE VIEW public."Namensgleich" AS SELECT a."id" FROM public."Patient" a JOIN public."Patient" b ON a."name" OPERATOR(public.=~=) b."name" AND a."id" <> b."id";
