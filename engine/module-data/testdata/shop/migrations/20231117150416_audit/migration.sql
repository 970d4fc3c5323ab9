CREATE TABLE "public"."Audit" ("id" BIGSERIAL PRIMARY KEY, "tableName" TEXT NOT NULL, "row" JSONB NOT NULL, "at" TIMESTAMPTZ NOT NULL DEFAULT now());
CREATE FUNCTION public.audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $audit$
BEGIN
  INSERT INTO public."Audit" ("tableName", "row") VALUES (TG_TABLE_NAME, to_jsonb(OLD));
  RETURN OLD;
END $audit$;
CREATE TRIGGER "Payment_audit" AFTER DELETE ON "public"."Payment" FOR EACH ROW WHEN (OLD."amount" > 0) EXECUTE PROCEDURE public.audit();
