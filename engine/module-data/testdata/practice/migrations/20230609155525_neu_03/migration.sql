CREATE TABLE "Impfung" (
    "id" TEXT NOT NULL,
    "stoff" TEXT NOT NULL,
    "patientId" TEXT,
    "angelegt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Impfung_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Impfung_stoff_idx" ON "Impfung"("stoff");

-- AddForeignKey
ALTER TABLE "Impfung" ADD CONSTRAINT "Impfung_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "public"."Patient"("id") ON DELETE SET NULL ON UPDATE CASCADE;
