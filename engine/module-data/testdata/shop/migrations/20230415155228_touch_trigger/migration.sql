-- AlterTable
ALTER TABLE "public"."Order" ADD COLUMN     "updatedAt" TIMESTAMP(3);

CREATE OR REPLACE FUNCTION "public"."touch"() RETURNS trigger AS $touch$
BEGIN
  NEW."updatedAt" := now(); -- a semicolon; in a comment
  IF EXISTS (SELECT 1 FROM "public"."User" u WHERE u."id" = NEW."userId" AND u."role" = 'ADMIN'::"public"."Role") THEN
    RAISE DEBUG 'order of an administrator; %', NEW."id";
  END IF;
  RETURN NEW;
END;
$touch$ LANGUAGE plpgsql;

CREATE TRIGGER "Order_touch" BEFORE UPDATE ON "public"."Order"
FOR EACH ROW EXECUTE FUNCTION "public"."touch"();
