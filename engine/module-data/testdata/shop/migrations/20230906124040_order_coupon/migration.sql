-- AlterTable
ALTER TABLE "public"."Order" ADD COLUMN     "couponId" INTEGER;
ALTER TABLE "public"."Order" ADD CONSTRAINT "Order_couponId_fkey" FOREIGN KEY ("couponId") REFERENCES "public"."Coupon"("id") ON DELETE SET NULL ON UPDATE CASCADE;
