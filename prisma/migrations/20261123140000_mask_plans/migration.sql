-- Plans and journals of rollbacks hold settings too: by which rules the secrets in them were masked.
ALTER TABLE "graft"."plans" ADD COLUMN "masked_by" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "graft"."operations" ADD COLUMN "masked_by" INTEGER NOT NULL DEFAULT 0;
