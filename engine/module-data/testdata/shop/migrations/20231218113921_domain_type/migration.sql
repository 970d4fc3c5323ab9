CREATE DOMAIN "public"."Email" AS TEXT CHECK (VALUE LIKE '%@%');
ALTER TABLE "public"."User" ALTER COLUMN "email" SET DATA TYPE "public"."Email";
