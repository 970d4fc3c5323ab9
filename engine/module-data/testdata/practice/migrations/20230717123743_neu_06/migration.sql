CREATE TABLE "Überweisung" (
    "id" TEXT NOT NULL,
    "ziel" TEXT NOT NULL,
    "patientId" TEXT,
    "angelegt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Überweisung_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Überweisung_ziel_idx" ON "Überweisung"("ziel");

-- AddForeignKey
ALTER TABLE "Überweisung" ADD CONSTRAINT "Überweisung_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "public"."Patient"("id") ON DELETE SET NULL ON UPDATE CASCADE;
