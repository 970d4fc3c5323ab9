INSERT INTO "public"."Befund" ("id", "ergebnis", "patientId") SELECT md5('Befund' || i), 'ergebnis ' || i, 'p' || (1 + i % 70) FROM generate_series(1, 25) i;
ALTER TABLE "public"."Befund" ADD COLUMN "aktiv" BOOLEAN NOT NULL DEFAULT true;
