ALTER TABLE "public"."Product" ADD COLUMN "search" tsvector GENERATED ALWAYS AS (to_tsvector('english'::regconfig, coalesce("name", '') || ' ' || "sku")) STORED;
CREATE INDEX "Product_search_idx" ON "public"."Product" USING GIN ("search");
