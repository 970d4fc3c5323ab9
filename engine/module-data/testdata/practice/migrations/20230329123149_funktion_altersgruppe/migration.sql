CREATE FUNCTION "altersgruppe"("geburt" date) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $日本$
BEGIN
  -- $$ is text here; so is 'public.'
  RETURN CASE WHEN "geburt" < date '1980-02-01' THEN 'älter' ELSE 'jünger' END;
END;
$日本$;
