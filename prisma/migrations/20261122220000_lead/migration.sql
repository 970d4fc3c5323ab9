-- CreateTable
CREATE TABLE "graft"."lead" (
    "id" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "lead_pkey" PRIMARY KEY ("id")
);

INSERT INTO "graft"."lead" ("id") VALUES (1);
