INSERT INTO "public"."Labor" ("id", "probe", "patientId") SELECT md5('Labor' || i), 'probe ' || i, 'p' || (1 + i % 70) FROM generate_series(1, 24) i;
ALTER TABLE "public"."Labor" ADD COLUMN "aktiv" BOOLEAN NOT NULL DEFAULT true;
