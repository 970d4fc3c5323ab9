CREATE SEQUENCE "public"."Lauf_Nr";
ALTER TABLE "Termin" ADD COLUMN "nr" BIGINT NOT NULL DEFAULT nextval('"public"."Lauf_Nr"'), ADD COLUMN "herkunft" regclass NOT NULL DEFAULT 'public."Termin"'::regclass;
SELECT setval(pg_get_serial_sequence('public."Rechnung"', 'id'), 500);
SELECT setval('public."Lauf_Nr"', (SELECT max("nr") FROM "Termin"), true);
