-- CreateTable
CREATE TABLE "public"."Supplier" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "contact" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "Supplier_pkey" PRIMARY KEY ("id")
);
