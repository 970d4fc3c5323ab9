INSERT INTO "public"."Notiz" ("id", "inhalt", "patientId") SELECT md5('Notiz' || i), 'inhalt ' || i, 'p' || (1 + i % 70) FROM generate_series(1, 27) i;
ALTER TABLE "public"."Notiz" ADD COLUMN "aktiv" BOOLEAN NOT NULL DEFAULT true;
