-- How long the gateway waits for a module's answer, where an administrator said so. Milliseconds.
ALTER TABLE "graft"."modules" ADD COLUMN "timeout_ms" INTEGER;
