-- AlterTable
ALTER TABLE "graft"."notifications" ADD COLUMN "mail_error" TEXT;
ALTER TABLE "graft"."notifications" ADD COLUMN "mail_error_at" TIMESTAMPTZ(3);

-- The newest is shown to administrators.
CREATE INDEX "notifications_mail_error" ON "graft"."notifications"("mail_error_at") WHERE "mail_error_at" IS NOT NULL;
