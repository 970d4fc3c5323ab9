INSERT INTO "public"."Arzt" ("id", "titel", "patientId") SELECT md5('Arzt' || i), 'titel ' || i, 'p' || (1 + i % 70) FROM generate_series(1, 20) i;
ALTER TABLE "public"."Arzt" ADD COLUMN "aktiv" BOOLEAN NOT NULL DEFAULT true, ALTER COLUMN "titel" SET DATA TYPE VARCHAR(400);
