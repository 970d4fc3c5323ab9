INSERT INTO "public"."Urlaub" ("id", "grund", "patientId") SELECT md5('Urlaub' || i), 'grund ' || i, 'p' || (1 + i % 70) FROM generate_series(1, 31) i;
ALTER TABLE "public"."Urlaub" ADD COLUMN "aktiv" BOOLEAN NOT NULL DEFAULT true;
