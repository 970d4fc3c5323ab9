CREATE TABLE "Kasse" (
    "id" TEXT NOT NULL,
    "kürzel" TEXT NOT NULL,
    "patientId" TEXT,
    "angelegt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Kasse_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Kasse_kürzel_idx" ON "Kasse"("kürzel");

-- AddForeignKey
ALTER TABLE "Kasse" ADD CONSTRAINT "Kasse_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "public"."Patient"("id") ON DELETE SET NULL ON UPDATE CASCADE;
