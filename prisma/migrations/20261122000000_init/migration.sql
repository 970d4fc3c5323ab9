-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "graft";

-- CreateTable
CREATE TABLE "graft"."host_state" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "host_state_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "graft"."generations" (
    "number" INTEGER NOT NULL,
    "parent" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "operation_id" UUID,
    "modules" JSONB NOT NULL,

    CONSTRAINT "generations_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "graft"."modules" (
    "name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "manifest" JSONB NOT NULL,
    "config" JSONB NOT NULL DEFAULT '{}',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "generation" INTEGER NOT NULL,
    "installed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "modules_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "graft"."kept_data" (
    "id" UUID NOT NULL,
    "module" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "file" TEXT,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "tables" INTEGER NOT NULL DEFAULT 0,
    "rows" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "kept_data_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "graft"."plans" (
    "id" UUID NOT NULL,
    "base" INTEGER NOT NULL,
    "changes" JSONB NOT NULL,
    "body" JSONB NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "plans_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "graft"."operations" (
    "id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "steps" JSONB NOT NULL DEFAULT '[]',
    "error" JSONB,
    "journal" JSONB NOT NULL DEFAULT '{}',
    "generation" INTEGER,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "operations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "graft"."outbox" (
    "id" BIGSERIAL NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "graft"."users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL DEFAULT 'member',
    "password_hash" TEXT,
    "disabled_at" TIMESTAMPTZ(3),
    "session_epoch" INTEGER NOT NULL DEFAULT 1,
    "failed_sign_ins" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),
    "last_sign_in_at" TIMESTAMPTZ(3),
    "locale" TEXT,
    "time_zone" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "graft"."groups" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "groups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "graft"."memberships" (
    "user_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("user_id","group_id")
);

-- CreateTable
CREATE TABLE "graft"."invites" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invites_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "graft"."api_tokens" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "graft"."audit" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "via" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',
    "plan_id" UUID,
    "operation_id" UUID,
    "ip" TEXT,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "graft"."access_rules" (
    "target" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "groups" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "access_rules_pkey" PRIMARY KEY ("target")
);

-- CreateTable
CREATE TABLE "graft"."health_samples" (
    "module" TEXT NOT NULL,
    "minute" TIMESTAMPTZ(0) NOT NULL,
    "state" TEXT NOT NULL,
    "probes" INTEGER NOT NULL,
    "failures" INTEGER NOT NULL,
    "latency_ms_p50" DOUBLE PRECISION,
    "latency_ms_max" DOUBLE PRECISION,
    "rss_mb" DOUBLE PRECISION,
    "requests" INTEGER NOT NULL DEFAULT 0,
    "errors" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "health_samples_pkey" PRIMARY KEY ("module","minute")
);

-- CreateTable
CREATE TABLE "graft"."module_events" (
    "id" BIGSERIAL NOT NULL,
    "module" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "module_events_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "kept_data_module_idx" ON "graft"."kept_data"("module");

-- CreateIndex
CREATE INDEX "operations_started_at_idx" ON "graft"."operations"("started_at");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "graft"."users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "groups_key_key" ON "graft"."groups"("key");

-- CreateIndex
CREATE INDEX "memberships_group_id_idx" ON "graft"."memberships"("group_id");

-- CreateIndex
CREATE UNIQUE INDEX "invites_secret_hash_key" ON "graft"."invites"("secret_hash");

-- CreateIndex
CREATE UNIQUE INDEX "api_tokens_secret_hash_key" ON "graft"."api_tokens"("secret_hash");

-- CreateIndex
CREATE INDEX "audit_at_idx" ON "graft"."audit"("at");

-- CreateIndex
CREATE INDEX "audit_target_idx" ON "graft"."audit"("target");

-- CreateIndex
CREATE INDEX "health_samples_minute_idx" ON "graft"."health_samples"("minute");

-- CreateIndex
CREATE INDEX "module_events_module_at_idx" ON "graft"."module_events"("module", "at");

-- AddForeignKey
ALTER TABLE "graft"."memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "graft"."users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "graft"."memberships" ADD CONSTRAINT "memberships_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "graft"."groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "graft"."invites" ADD CONSTRAINT "invites_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "graft"."users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "graft"."api_tokens" ADD CONSTRAINT "api_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "graft"."users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One row, from the first day: generation 0 is the empty system.
ALTER TABLE "graft"."host_state" ADD CONSTRAINT "host_state_one_row" CHECK ("id" = 1);
INSERT INTO "graft"."host_state" ("id") VALUES (1);
INSERT INTO "graft"."generations" ("number", "actor_name", "reason", "modules") VALUES (0, 'Graft', 'The empty system', '[]');
