UPDATE "public"."Order" SET "status" = 'REFUNDED' WHERE "id" % 17 = 0;
