CREATE UNIQUE INDEX "Review_once_key" ON "public"."Review"("productId", "userId", "id") WHERE "state" = 'PUBLISHED'::"public"."ReviewState";
ALTER TABLE "public"."Review" ADD CONSTRAINT "Review_stars_check" CHECK ("stars" BETWEEN 1 AND 5);
