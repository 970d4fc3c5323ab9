-- Secrets in settings are sealed where they stand, so that nothing that a module wrote is needed to hide them.
ALTER TABLE "graft"."modules" ADD COLUMN "secrets" JSONB NOT NULL DEFAULT '[]';
ALTER TABLE "graft"."modules" ADD COLUMN "aside" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "graft"."generations" DROP COLUMN "masked_by";
ALTER TABLE "graft"."plans" DROP COLUMN "masked_by";
ALTER TABLE "graft"."operations" DROP COLUMN "masked_by";
ALTER TABLE "graft"."host_state" DROP COLUMN "settings_key";
-- As text, as the manifest of a module: the order of settings is the order of their form.
ALTER TABLE "graft"."plans" ALTER COLUMN "body" TYPE JSON USING "body"::text::json;
