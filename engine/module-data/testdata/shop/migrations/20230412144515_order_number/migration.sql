CREATE SEQUENCE "public"."order_number_seq" START 1000 INCREMENT 7;
ALTER TABLE "public"."Order" ADD COLUMN "number" TEXT NOT NULL DEFAULT ('O-' || nextval('"public"."order_number_seq"'::regclass));
CREATE UNIQUE INDEX "Order_number_key" ON "public"."Order"("number");
