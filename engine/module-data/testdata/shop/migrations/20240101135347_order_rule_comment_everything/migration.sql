COMMENT ON INDEX "public"."Order_number_key" IS 'Shown to customers';
COMMENT ON CONSTRAINT "Review_stars_check" ON "public"."Review" IS 'One to five';
COMMENT ON FUNCTION "public"."stockOf"(integer) IS 'Over all warehouses';
COMMENT ON TRIGGER "Order_touch" ON "public"."Order" IS 'Keeps updatedAt';
COMMENT ON VIEW "public"."Available" IS 'In stock';
