-- CreateTable
CREATE TABLE "graft"."home_layouts" (
    "user_id" UUID NOT NULL,
    "items" JSONB NOT NULL,
    "known" TEXT[],
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "home_layouts_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "graft"."home_defaults" (
    "group_key" TEXT NOT NULL,
    "items" JSONB NOT NULL,
    "known" TEXT[],
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "home_defaults_pkey" PRIMARY KEY ("group_key")
);

-- AddForeignKey
ALTER TABLE "graft"."home_layouts" ADD CONSTRAINT "home_layouts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "graft"."users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "graft"."home_defaults" ADD CONSTRAINT "home_defaults_group_key_fkey" FOREIGN KEY ("group_key") REFERENCES "graft"."groups"("key") ON DELETE CASCADE ON UPDATE CASCADE;
