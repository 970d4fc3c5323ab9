ALTER TABLE "graft"."access_rules" ADD COLUMN "targeting" JSON;

ALTER TABLE "graft"."flags"
    ADD COLUMN "archived" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "declared_by" TEXT,
    ADD COLUMN "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE TABLE "graft"."flag_usage" (
    "key" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "asked" BIGINT NOT NULL DEFAULT 0,
    "sent" BIGINT NOT NULL DEFAULT 0,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "flag_usage_pkey" PRIMARY KEY ("key", "day")
);
