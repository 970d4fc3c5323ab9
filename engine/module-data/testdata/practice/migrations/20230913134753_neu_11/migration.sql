CREATE TABLE "Urlaub" (
    "id" TEXT NOT NULL,
    "grund" TEXT NOT NULL,
    "patientId" TEXT,
    "angelegt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Urlaub_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Urlaub_grund_idx" ON "Urlaub"("grund");

-- AddForeignKey
ALTER TABLE "Urlaub" ADD CONSTRAINT "Urlaub_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "public"."Patient"("id") ON DELETE SET NULL ON UPDATE CASCADE;
