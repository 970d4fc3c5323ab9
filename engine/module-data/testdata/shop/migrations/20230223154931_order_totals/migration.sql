-- Backfill
UPDATE "public"."Order" AS o SET "total" = s.total
FROM (SELECT l."orderId", sum(l."quantity" * p."price") AS total FROM "public"."OrderLine" l JOIN "public"."Product" p ON p."id" = l."productId" GROUP BY 1) s
WHERE s."orderId" = o."id";
