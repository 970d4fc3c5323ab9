INSERT INTO "public"."Wartung" ("id", "bericht", "patientId") SELECT md5('Wartung' || i), 'bericht ' || i, 'p' || (1 + i % 70) FROM generate_series(1, 29) i;
ALTER TABLE "public"."Wartung" ADD COLUMN "aktiv" BOOLEAN NOT NULL DEFAULT true, ALTER COLUMN "bericht" SET DATA TYPE VARCHAR(400);
