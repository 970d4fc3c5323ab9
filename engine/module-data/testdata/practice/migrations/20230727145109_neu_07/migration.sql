CREATE TABLE "Notiz" (
    "id" TEXT NOT NULL,
    "inhalt" TEXT NOT NULL,
    "patientId" TEXT,
    "angelegt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Notiz_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Notiz_inhalt_idx" ON "Notiz"("inhalt");

-- AddForeignKey
ALTER TABLE "Notiz" ADD CONSTRAINT "Notiz_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "public"."Patient"("id") ON DELETE SET NULL ON UPDATE CASCADE;
