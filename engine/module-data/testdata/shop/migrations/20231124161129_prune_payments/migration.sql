DELETE FROM "public"."Payment" WHERE "id" % 5 = 0;
