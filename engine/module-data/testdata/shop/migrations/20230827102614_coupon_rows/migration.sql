INSERT INTO "public"."Coupon" ("code", "percent") SELECT upper(md5(i::text)), 5 + i % 20 FROM generate_series(1, 40) AS i;
INSERT INTO "public"."Warehouse" ("name") SELECT 'Warehouse ' || i FROM generate_series(1, 3) AS i;
INSERT INTO "public"."Stock" ("warehouseId", "productId", "level") SELECT w."id", p."id", (w."id" * p."id") % 50 FROM "public"."Warehouse" w CROSS JOIN "public"."Product" p;
