-- CreateIndex
CREATE INDEX CONCURRENTLY "Order_createdAt_idx" ON "public"."Order"("createdAt" DESC);
