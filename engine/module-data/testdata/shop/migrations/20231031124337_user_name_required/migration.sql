UPDATE "public"."User" SET "name" = '' WHERE "name" IS NULL;
ALTER TABLE "public"."User" ALTER COLUMN "name" SET NOT NULL;
