CREATE TABLE "Arzt" (
    "id" TEXT NOT NULL,
    "titel" TEXT NOT NULL,
    "patientId" TEXT,
    "angelegt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Arzt_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Arzt_titel_idx" ON "Arzt"("titel");

-- AddForeignKey
ALTER TABLE "Arzt" ADD CONSTRAINT "Arzt_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "public"."Patient"("id") ON DELETE SET NULL ON UPDATE CASCADE;
