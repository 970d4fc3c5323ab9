UPDATE "public"."Order" SET "total" = "total" + 0;
