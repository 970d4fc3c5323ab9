INSERT INTO "public"."Kasse" ("id", "kürzel", "patientId") SELECT md5('Kasse' || i), 'kürzel ' || i, 'p' || (1 + i % 70) FROM generate_series(1, 21) i;
ALTER TABLE "public"."Kasse" ADD COLUMN "aktiv" BOOLEAN NOT NULL DEFAULT true;
