CREATE INDEX CONCURRENTLY IF NOT EXISTS "Stock_low_idx" ON "public"."Stock"("productId") WHERE "level" < 5;
