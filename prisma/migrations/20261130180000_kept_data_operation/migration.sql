-- Which operation made a snapshot, an export or kept data. Until now the name of a file said it.
ALTER TABLE "graft"."kept_data" ADD COLUMN "operation_id" UUID;
