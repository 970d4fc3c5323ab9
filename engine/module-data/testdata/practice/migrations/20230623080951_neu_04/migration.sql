CREATE TABLE "Labor" (
    "id" TEXT NOT NULL,
    "probe" TEXT NOT NULL,
    "patientId" TEXT,
    "angelegt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Labor_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Labor_probe_idx" ON "Labor"("probe");

-- AddForeignKey
ALTER TABLE "Labor" ADD CONSTRAINT "Labor_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "public"."Patient"("id") ON DELETE SET NULL ON UPDATE CASCADE;
