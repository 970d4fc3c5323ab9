INSERT INTO "public"."Schicht" ("id", "plan", "patientId") SELECT md5('Schicht' || i), 'plan ' || i, 'p' || (1 + i % 70) FROM generate_series(1, 30) i;
ALTER TABLE "public"."Schicht" ADD COLUMN "aktiv" BOOLEAN NOT NULL DEFAULT true;
