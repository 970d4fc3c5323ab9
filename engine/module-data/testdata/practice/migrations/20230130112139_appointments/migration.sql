CREATE TYPE "public"."Zustand" AS ENUM ('geplant', 'abgesagt');
CREATE TABLE "Termin" (
    "id" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "raumId" TEXT NOT NULL,
    "beginn" TIMESTAMP(3) NOT NULL,
    "zustand" "public"."Zustand" NOT NULL DEFAULT 'geplant',

    CONSTRAINT "Termin_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "Termin" ADD CONSTRAINT "Termin_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Termin" ADD CONSTRAINT "Termin_raumId_fkey" FOREIGN KEY ("raumId") REFERENCES "Raum"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
INSERT INTO "Termin" SELECT 't' || i, 'p' || (1 + i % 70), (ARRAY['a', 'b', 'c'])[1 + i % 3], timestamp '2024-01-01' + i * interval '3 hours' FROM generate_series(1, 150) i;
