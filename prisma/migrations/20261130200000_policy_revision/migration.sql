-- Whoever saves the policy says which one they saw.
ALTER TABLE "graft"."upgrade_policy" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 0;
