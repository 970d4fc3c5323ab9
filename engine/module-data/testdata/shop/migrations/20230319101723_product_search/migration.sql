-- Extension
CREATE EXTENSION IF NOT EXISTS "pg_trgm";
CREATE EXTENSION IF NOT EXISTS "unaccent" WITH SCHEMA "public";

CREATE INDEX "Product_name_trgm_idx" ON "public"."Product" USING GIN ("name" "public".gin_trgm_ops);
CREATE INDEX "Product_name_lower_idx" ON "public"."Product" (lower("name"), ("price" * 100));
