DROP INDEX CONCURRENTLY IF EXISTS "public"."Product_categoryId_idx";
