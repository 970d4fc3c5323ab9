INSERT INTO "public"."Überweisung" ("id", "ziel", "patientId") SELECT md5('Überweisung' || i), 'ziel ' || i, 'p' || (1 + i % 70) FROM generate_series(1, 26) i;
ALTER TABLE "public"."Überweisung" ADD COLUMN "aktiv" BOOLEAN NOT NULL DEFAULT true, ALTER COLUMN "ziel" SET DATA TYPE VARCHAR(400);
