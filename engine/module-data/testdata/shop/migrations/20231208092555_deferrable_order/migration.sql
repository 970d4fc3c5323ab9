ALTER TABLE "public"."OrderLine" ADD CONSTRAINT "OrderLine_position_key" UNIQUE ("orderId", "position") DEFERRABLE INITIALLY DEFERRED;
UPDATE "public"."OrderLine" SET "position" = "position" + 1;
