CREATE FUNCTION public."prüfe"() RETURNS trigger AS $prüfe$
DECLARE grenze CONSTANT int := 1000; ziel public."Messung"."wert"%TYPE;
BEGIN
  ziel := NEW."wert";
  IF ziel > grenze THEN RAISE EXCEPTION 'zu hoch; public.Messung: %', ziel USING HINT = 'SELECT * FROM public."Messung"'; END IF;
  EXECUTE 'SELECT count(*) FROM public."Messung" WHERE "wert" > $1' USING ziel;
  RETURN NEW;
END $prüfe$ LANGUAGE plpgsql;
CREATE TRIGGER "Messung_prüfen" BEFORE INSERT OR UPDATE OF "wert" ON public."Messung" FOR EACH ROW EXECUTE FUNCTION public."prüfe"();
