CREATE TABLE "Schicht" (
    "id" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "patientId" TEXT,
    "angelegt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Schicht_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Schicht_plan_idx" ON "Schicht"("plan");

-- AddForeignKey
ALTER TABLE "Schicht" ADD CONSTRAINT "Schicht_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "public"."Patient"("id") ON DELETE SET NULL ON UPDATE CASCADE;
