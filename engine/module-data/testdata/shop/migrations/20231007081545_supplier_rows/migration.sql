INSERT INTO "public"."Supplier" ("name", "contact") SELECT 'Supplier ' || i, jsonb_build_object('mail', 's' || i || '@example.org', 'note', 'a "quoted" word') FROM generate_series(1, 12) AS i;
INSERT INTO "public"."_ProductToSupplier" SELECT p."id", 1 + p."id" % 12 FROM "public"."Product" p;
