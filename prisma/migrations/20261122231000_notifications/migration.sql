-- CreateTable
CREATE TABLE "graft"."notifications" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "module" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL DEFAULT '',
    "path" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(3),
    "mail_at" TIMESTAMPTZ(3),
    "mail_attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "graft"."notification_preferences" (
    "user_id" UUID NOT NULL,
    "module" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "bell" BOOLEAN NOT NULL,
    "mail" BOOLEAN NOT NULL,

    CONSTRAINT "notification_preferences_pkey" PRIMARY KEY ("user_id","module","kind")
);

-- CreateIndex
CREATE INDEX "notifications_user_id_created_at_id_idx" ON "graft"."notifications"("user_id", "created_at", "id");

-- What the bell counts, and what newer news replaces while nobody has read it.
CREATE UNIQUE INDEX "notifications_unread_key" ON "graft"."notifications"("user_id", "module", "key") WHERE "read_at" IS NULL;

-- CreateIndex
CREATE INDEX "notifications_mail_due" ON "graft"."notifications"("mail_at") WHERE "mail_at" IS NOT NULL;

-- AddForeignKey
ALTER TABLE "graft"."notifications" ADD CONSTRAINT "notifications_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "graft"."users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "graft"."notification_preferences" ADD CONSTRAINT "notification_preferences_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "graft"."users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
