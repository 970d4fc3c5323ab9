-- AlterTable
ALTER TABLE "public"."_ProductToSupplier" ADD CONSTRAINT "_ProductToSupplier_AB_pkey" PRIMARY KEY ("A", "B");

-- DropIndex
DROP INDEX "public"."_ProductToSupplier_AB_unique";
