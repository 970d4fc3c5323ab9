INSERT INTO "public"."User" ("email", "name", "role") SELECT 'user' || i || '@example.org', 'User ' || i, (CASE WHEN i % 10 = 0 THEN 'ADMIN' ELSE 'USER' END)::"public"."Role" FROM generate_series(1, 40) AS i;
INSERT INTO "public"."Category" ("name") SELECT 'Category ' || i FROM generate_series(1, 8) AS i;
INSERT INTO "public"."Product" ("sku", "name", "price", "categoryId") SELECT 'SKU-' || i, 'Product ' || i, i * 1.25, 1 + i % 8 FROM generate_series(1, 60) AS i;
INSERT INTO "public"."Order" ("userId", "status") SELECT 1 + i % 40, (ARRAY['PENDING', 'PAID', 'SHIPPED'])[1 + i % 3]::"public"."OrderStatus" FROM generate_series(1, 120) AS i;
INSERT INTO "public"."OrderLine" ("orderId", "productId", "quantity") SELECT 1 + i % 120, 1 + i % 60, 1 + i % 5 FROM generate_series(1, 300) AS i;
