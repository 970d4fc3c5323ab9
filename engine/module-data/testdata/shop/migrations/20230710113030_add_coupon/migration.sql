-- CreateTable
CREATE TABLE "public"."Coupon" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "percent" INTEGER NOT NULL DEFAULT 10,

    CONSTRAINT "Coupon_pkey" PRIMARY KEY ("id")
);
