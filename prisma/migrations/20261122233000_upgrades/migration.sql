-- CreateTable
CREATE TABLE "graft"."upgrade_policy" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "level" TEXT NOT NULL DEFAULT 'patch',
    "days" TEXT[] DEFAULT ARRAY['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']::TEXT[],
    "from" TEXT NOT NULL DEFAULT '02:00',
    "to" TEXT NOT NULL DEFAULT '05:00',
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "excluded" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "updated_at" TIMESTAMPTZ(3),
    "updated_by" TEXT,

    CONSTRAINT "upgrade_policy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "graft"."upgrade_runs" (
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "window_end" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "checked" TEXT NOT NULL DEFAULT '',
    "items" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "upgrade_runs_pkey" PRIMARY KEY ("window_start")
);

INSERT INTO "graft"."upgrade_policy" ("id") VALUES (1);
-- The right to run automatic upgrades, beside the right to change the installed set.
INSERT INTO "graft"."lead" ("id") VALUES (2);
