-- CreateTable
CREATE TABLE "posts" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "pinned" BOOLEAN NOT NULL DEFAULT false,
    "groups" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "visible_from" TIMESTAMPTZ(3),
    "visible_until" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),
    "author_id" TEXT NOT NULL,
    "author_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "posts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "posts_pinned_published_at_idx" ON "posts"("pinned" DESC, "published_at" DESC);

-- A period that ends before it begins would hide the post for ever.
ALTER TABLE "posts" ADD CONSTRAINT "posts_period_check" CHECK ("visible_until" > "visible_from");
