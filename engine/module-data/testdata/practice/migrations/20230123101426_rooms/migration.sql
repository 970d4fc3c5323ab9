CREATE TABLE "Raum" (
    "id" TEXT NOT NULL,
    "名前" TEXT NOT NULL,
    "stock" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Raum_pkey" PRIMARY KEY ("id")
);
INSERT INTO "public"."Raum" VALUES ('a', 'Ä 1', 1), ('b', 'Ö 2', 2), ('c', '日本', 3);
