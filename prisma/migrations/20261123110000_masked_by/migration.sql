-- By which rules the secrets in a generation's settings were masked; the next start masks those of earlier rules again.
ALTER TABLE "graft"."generations" ADD COLUMN "masked_by" INTEGER NOT NULL DEFAULT 0;
