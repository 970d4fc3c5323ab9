-- AlterTable
ALTER TABLE "public"."Order" ADD COLUMN     "addressId" INTEGER;
UPDATE "public"."Order" o SET "addressId" = a."id" FROM "public"."Address" a WHERE a."userId" = o."userId";
ALTER TABLE "public"."Order" ADD CONSTRAINT "Order_addressId_fkey" FOREIGN KEY ("addressId") REFERENCES "public"."Address"("id") ON DELETE SET NULL ON UPDATE CASCADE;
