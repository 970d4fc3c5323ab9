-- What an administrator arranged for everybody whose groups have no home of their own.
CREATE TABLE "graft"."home_everyone" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "items" JSONB NOT NULL,
    "known" TEXT[],
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "home_everyone_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "home_everyone_one_row" CHECK ("id" = 1)
);
