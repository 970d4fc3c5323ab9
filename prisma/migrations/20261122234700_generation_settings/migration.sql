-- Access and settings of a generation's modules as it was left; NULL for those left before this was recorded.
ALTER TABLE "graft"."generations" ADD COLUMN "settings" JSONB;
-- Keys the marks by which a generation tells that a secret changed, without holding it.
ALTER TABLE "graft"."host_state" ADD COLUMN "settings_key" TEXT NOT NULL DEFAULT (gen_random_uuid())::text;
