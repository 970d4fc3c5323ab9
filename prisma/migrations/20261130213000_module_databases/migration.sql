-- A module has a database of its own, named by a number that is given once.
CREATE SEQUENCE "graft"."module_database" AS INTEGER;
ALTER TABLE "graft"."modules" ADD COLUMN "database" INTEGER;
ALTER TABLE "graft"."kept_data" ADD COLUMN "database" INTEGER;
ALTER TABLE "graft"."kept_data" DROP COLUMN "ledger_counted";
