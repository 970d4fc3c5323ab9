-- Why a snapshot was taken; unknown for those of before.
ALTER TABLE "graft"."kept_data" ADD COLUMN "reason" TEXT;
-- Snapshots of before counted the rows of Prisma's ledger as the module's; the next start subtracts them.
ALTER TABLE "graft"."kept_data" ADD COLUMN "ledger_counted" BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE "graft"."kept_data" ALTER COLUMN "ledger_counted" SET DEFAULT false;
UPDATE "graft"."kept_data" SET "ledger_counted" = false WHERE "kind" <> 'snapshot';

-- CreateTable
CREATE TABLE "graft"."retention_policy" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "snapshots_per_module" INTEGER NOT NULL DEFAULT 5,
    "snapshot_days" INTEGER,
    "kept_days" INTEGER,
    "updated_at" TIMESTAMPTZ(3),
    "updated_by" TEXT,
    "applied_at" TIMESTAMPTZ(3),

    CONSTRAINT "retention_policy_pkey" PRIMARY KEY ("id")
);

INSERT INTO "graft"."retention_policy" ("id") VALUES (1);
