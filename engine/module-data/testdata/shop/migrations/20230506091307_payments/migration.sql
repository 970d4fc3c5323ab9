CREATE TYPE "public"."PaymentMethod" AS ENUM ('CARD', 'TRANSFER');
-- CreateTable
CREATE TABLE "public"."Payment" (
    "id" SERIAL NOT NULL,
    "orderId" INTEGER NOT NULL,
    "method" "public"."PaymentMethod" NOT NULL,
    "amount" DECIMAL(12,2) NOT NULL,
    "reference" UUID NOT NULL DEFAULT gen_random_uuid(),

    CONSTRAINT "Payment_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "public"."Payment" ADD CONSTRAINT "Payment_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "public"."Order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
INSERT INTO "public"."Payment" ("orderId", "method", "amount") SELECT "id", 'CARD', "total" FROM "public"."Order" WHERE "status" IN ('PAID', 'SHIPPED');
