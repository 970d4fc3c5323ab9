ALTER TABLE "Patient" ADD COLUMN "gruppe" TEXT GENERATED ALWAYS AS ("altersgruppe"("geburtstag")) STORED;
ALTER TABLE "public"."Patient" ADD COLUMN "such" TEXT GENERATED ALWAYS AS (lower("name")) STORED;
