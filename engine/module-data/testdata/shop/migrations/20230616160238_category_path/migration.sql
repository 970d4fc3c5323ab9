CREATE EXTENSION IF NOT EXISTS ltree;
-- AlterTable
ALTER TABLE "public"."Category" ADD COLUMN     "path" "public".ltree;
UPDATE "public"."Category" SET "path" = text2ltree('all.c' || "id");
CREATE INDEX "Category_path_idx" ON "public"."Category" USING GIST ("path");
