-- A module that a change left stopped, because it could not be taken back.
ALTER TABLE "graft"."modules" DROP COLUMN "enabled", ADD COLUMN "stopped_by" UUID;

-- What could not be finished, taken back or cleaned up.
CREATE TABLE "graft"."attention" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "modules" TEXT[],
    "work" JSONB NOT NULL,
    "problem" JSONB NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "tried_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_at" TIMESTAMPTZ(3),

    CONSTRAINT "attention_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "attention_key_key" ON "graft"."attention"("key");
