CREATE TABLE "graft"."flags" (
    "key" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "definition" JSON NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" TEXT NOT NULL,

    CONSTRAINT "flags_pkey" PRIMARY KEY ("key")
);

CREATE TABLE "graft"."flag_evaluators" (
    "key" TEXT NOT NULL,
    "logic" JSON NOT NULL,

    CONSTRAINT "flag_evaluators_pkey" PRIMARY KEY ("key")
);

CREATE TABLE "graft"."flag_changes" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "before" JSON,
    "after" JSON,

    CONSTRAINT "flag_changes_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "flag_changes_key_id_idx" ON "graft"."flag_changes"("key", "id");
