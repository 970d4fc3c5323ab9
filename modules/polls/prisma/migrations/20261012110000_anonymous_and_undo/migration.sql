-- AlterTable
ALTER TABLE "polls" ADD COLUMN     "anonymous" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "salt" TEXT NOT NULL DEFAULT (gen_random_uuid())::text;

-- In an anonymous poll the voter is a digest and has no name.
ALTER TABLE "votes" RENAME COLUMN "user_id" TO "voter";
ALTER TABLE "votes" RENAME COLUMN "user_name" TO "voter_name";
ALTER TABLE "votes" ALTER COLUMN "voter_name" DROP NOT NULL;
