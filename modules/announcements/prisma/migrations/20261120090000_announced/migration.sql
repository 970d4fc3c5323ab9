-- AlterTable
ALTER TABLE "posts" ADD COLUMN     "announced_at" TIMESTAMPTZ(3);

-- What people can see already is no news to them.
UPDATE "posts" SET "announced_at" = now()
 WHERE "published_at" IS NOT NULL AND ("visible_from" IS NULL OR "visible_from" <= now());
