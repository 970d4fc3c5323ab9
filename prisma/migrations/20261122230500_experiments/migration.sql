-- CreateTable
CREATE TABLE "graft"."experiments" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "hypothesis" TEXT NOT NULL DEFAULT '',
    "flag_key" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "variants" JSONB NOT NULL,
    "audience" JSONB NOT NULL,
    "share" INTEGER NOT NULL,
    "goals" JSONB NOT NULL,
    "alpha" DOUBLE PRECISION NOT NULL DEFAULT 0.05,
    "tuned_for" INTEGER,
    "running_definition" JSONB,
    "before_input" JSONB,
    "winner" TEXT,
    "won_definition" JSONB,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "stopped_at" TIMESTAMPTZ(3),
    "concluded_at" TIMESTAMPTZ(3),

    CONSTRAINT "experiments_pkey" PRIMARY KEY ("id")
);

-- Two experiments at once on one flag would each spoil the other's split.
CREATE UNIQUE INDEX "experiments_running_flag" ON "graft"."experiments"("flag_key") WHERE "status" = 'running';

-- CreateTable
CREATE TABLE "graft"."experiment_exposures" (
    "experiment_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "variant" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "crossed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "experiment_exposures_pkey" PRIMARY KEY ("experiment_id","user_id")
);

-- CreateTable
CREATE TABLE "graft"."experiment_events" (
    "experiment_id" UUID NOT NULL,
    "module" TEXT NOT NULL,
    "goal" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "experiment_events_pkey" PRIMARY KEY ("experiment_id","module","goal","user_id","key")
);

-- CreateIndex
CREATE INDEX "experiment_exposures_user_id_idx" ON "graft"."experiment_exposures"("user_id");

-- CreateIndex
CREATE INDEX "experiment_events_user_id_idx" ON "graft"."experiment_events"("user_id");

-- AddForeignKey
ALTER TABLE "graft"."experiment_exposures" ADD CONSTRAINT "experiment_exposures_experiment_id_fkey" FOREIGN KEY ("experiment_id") REFERENCES "graft"."experiments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "graft"."experiment_exposures" ADD CONSTRAINT "experiment_exposures_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "graft"."users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "graft"."experiment_events" ADD CONSTRAINT "experiment_events_experiment_id_fkey" FOREIGN KEY ("experiment_id") REFERENCES "graft"."experiments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "graft"."experiment_events" ADD CONSTRAINT "experiment_events_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "graft"."users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
