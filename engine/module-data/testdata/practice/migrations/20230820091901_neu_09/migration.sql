CREATE TABLE "Wartung" (
    "id" TEXT NOT NULL,
    "bericht" TEXT NOT NULL,
    "patientId" TEXT,
    "angelegt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Wartung_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Wartung_bericht_idx" ON "Wartung"("bericht");

-- AddForeignKey
ALTER TABLE "Wartung" ADD CONSTRAINT "Wartung_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "public"."Patient"("id") ON DELETE SET NULL ON UPDATE CASCADE;
