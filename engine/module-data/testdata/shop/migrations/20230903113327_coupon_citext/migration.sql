CREATE EXTENSION IF NOT EXISTS "citext";
ALTER TABLE "public"."Coupon" ALTER COLUMN "code" SET DATA TYPE "public".citext;
CREATE UNIQUE INDEX "Coupon_code_key" ON "public"."Coupon"("code");
