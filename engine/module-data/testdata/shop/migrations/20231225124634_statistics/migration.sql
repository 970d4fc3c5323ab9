CREATE STATISTICS "public"."Order_stats" (dependencies) ON "userId", "status" FROM "public"."Order";
