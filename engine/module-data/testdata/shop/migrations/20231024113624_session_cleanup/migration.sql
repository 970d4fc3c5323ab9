DROP TABLE "public"."Session";
