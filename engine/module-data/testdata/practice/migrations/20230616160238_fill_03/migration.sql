INSERT INTO "public"."Impfung" ("id", "stoff", "patientId") SELECT md5('Impfung' || i), 'stoff ' || i, 'p' || (1 + i % 70) FROM generate_series(1, 23) i;
ALTER TABLE "public"."Impfung" ADD COLUMN "aktiv" BOOLEAN NOT NULL DEFAULT true, ALTER COLUMN "stoff" SET DATA TYPE VARCHAR(400);
