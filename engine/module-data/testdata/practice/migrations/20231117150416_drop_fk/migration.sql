-- DropForeignKey
ALTER TABLE "public"."Wartung" DROP CONSTRAINT "Wartung_patientId_fkey";

-- AlterTable
ALTER TABLE "public"."Wartung" DROP COLUMN "patientId";
