-- Who broke an operation off; the host that leads it looks.
ALTER TABLE "graft"."operations" ADD COLUMN "cancelled_by" TEXT;
