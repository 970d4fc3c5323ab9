-- AlterTable
ALTER TABLE "polls" ADD COLUMN     "multiple" BOOLEAN NOT NULL DEFAULT false;

-- A voter may now have one row per chosen option.
ALTER TABLE "votes" DROP CONSTRAINT "votes_pkey",
ADD CONSTRAINT "votes_pkey" PRIMARY KEY ("poll_id", "user_id", "option_id");
