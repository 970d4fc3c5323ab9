CREATE TABLE "Befund" (
    "id" TEXT NOT NULL,
    "ergebnis" TEXT NOT NULL,
    "patientId" TEXT,
    "angelegt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Befund_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Befund_ergebnis_idx" ON "Befund"("ergebnis");

-- AddForeignKey
ALTER TABLE "Befund" ADD CONSTRAINT "Befund_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "public"."Patient"("id") ON DELETE SET NULL ON UPDATE CASCADE;
