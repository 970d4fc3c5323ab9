ALTER TABLE "public"."Payment" ALTER COLUMN "method" SET DEFAULT 'WALLET';
UPDATE "public"."Payment" SET "method" = 'CASH' WHERE "id" % 9 = 0;
