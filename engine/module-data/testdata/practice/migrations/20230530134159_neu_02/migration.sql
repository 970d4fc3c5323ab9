CREATE TABLE "Rezept" (
    "id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "patientId" TEXT,
    "angelegt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Rezept_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Rezept_text_idx" ON "Rezept"("text");

-- AddForeignKey
ALTER TABLE "Rezept" ADD CONSTRAINT "Rezept_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "public"."Patient"("id") ON DELETE SET NULL ON UPDATE CASCADE;
