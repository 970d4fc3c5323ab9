CREATE TABLE "Gerät" (
    "id" TEXT NOT NULL,
    "serie" TEXT NOT NULL,
    "patientId" TEXT,
    "angelegt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Gerät_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Gerät_serie_idx" ON "Gerät"("serie");

-- AddForeignKey
ALTER TABLE "Gerät" ADD CONSTRAINT "Gerät_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "public"."Patient"("id") ON DELETE SET NULL ON UPDATE CASCADE;
