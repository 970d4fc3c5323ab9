INSERT INTO "public"."Gerät" ("id", "serie", "patientId") SELECT md5('Gerät' || i), 'serie ' || i, 'p' || (1 + i % 70) FROM generate_series(1, 28) i;
ALTER TABLE "public"."Gerät" ADD COLUMN "aktiv" BOOLEAN NOT NULL DEFAULT true;
