-- Backups that are made by themselves, kept for a while, and proved by restoring them.
CREATE TABLE "graft"."backup_policy" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "at" TEXT NOT NULL DEFAULT '02:30',
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "days" INTEGER NOT NULL DEFAULT 7,
    "weeks" INTEGER NOT NULL DEFAULT 4,
    "months" INTEGER NOT NULL DEFAULT 6,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3),
    "updated_by" TEXT,
    CONSTRAINT "backup_policy_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "backup_policy_one" CHECK ("id" = 1)
);
INSERT INTO "graft"."backup_policy" ("id") VALUES (1);

CREATE TABLE "graft"."backup_runs" (
    "id" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "place" TEXT NOT NULL,
    "name" TEXT,
    "bytes" BIGINT,
    "sha256" TEXT,
    "signed_by" TEXT,
    "proved_at" TIMESTAMPTZ(3),
    "proof" JSONB,
    "error" JSONB,
    "removed_at" TIMESTAMPTZ(3),
    CONSTRAINT "backup_runs_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "backup_runs_started" ON "graft"."backup_runs" ("started_at" DESC);

CREATE TABLE "graft"."backup_keys" (
    "fingerprint" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "backup_keys_pkey" PRIMARY KEY ("fingerprint")
);
INSERT INTO "graft"."lead" ("id") VALUES (3);
