INSERT INTO "public"."Rezept" ("id", "text", "patientId") SELECT md5('Rezept' || i), 'text ' || i, 'p' || (1 + i % 70) FROM generate_series(1, 22) i;
ALTER TABLE "public"."Rezept" ADD COLUMN "aktiv" BOOLEAN NOT NULL DEFAULT true;
