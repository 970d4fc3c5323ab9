CREATE OR REPLACE VIEW "public"."Available" AS
SELECT p.*, "public"."stockOf"(p."id") AS "stock" FROM "public"."Product" p WHERE "public"."stockOf"(p."id") > 0;
