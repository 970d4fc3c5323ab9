CREATE TYPE "public"."ReviewState" AS ENUM ('DRAFT', 'PUBLISHED');
-- CreateTable
CREATE TABLE "public"."Review" (
    "id" SERIAL NOT NULL,
    "productId" INTEGER NOT NULL,
    "userId" INTEGER NOT NULL,
    "stars" SMALLINT NOT NULL,
    "body" TEXT,
    "state" "public"."ReviewState" NOT NULL DEFAULT 'DRAFT',

    CONSTRAINT "Review_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "public"."Review" ADD CONSTRAINT "Review_productId_fkey" FOREIGN KEY ("productId") REFERENCES "public"."Product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "public"."Review" ADD CONSTRAINT "Review_userId_fkey" FOREIGN KEY ("userId") REFERENCES "public"."User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
INSERT INTO "public"."Review" ("productId", "userId", "stars", "body") SELECT 1 + i % 60, 1 + i % 40, 1 + i % 5, 'It''s review; number ' || i FROM generate_series(1, 90) AS i;
