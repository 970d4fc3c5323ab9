CREATE TABLE "Diagnose" (
    "id" TEXT NOT NULL,
    "terminId" TEXT NOT NULL REFERENCES "Termin"("id") ON DELETE CASCADE,
    "code" VARCHAR(8) NOT NULL,
    "gewicht" NUMERIC(5,2) DEFAULT 1.00,

    CONSTRAINT "Diagnose_pkey" PRIMARY KEY ("id")
);
INSERT INTO "Diagnose" ("id", "terminId", "code") SELECT 'd' || i, 't' || i, 'A' || lpad(i::text, 3, '0') FROM generate_series(1, 150) i;
