CREATE MATERIALIZED VIEW "public"."SalesByDay" AS
SELECT date_trunc('day', o."createdAt") AS "day", count(*) AS "orders", sum(o."total") AS "total"
FROM "public"."Order" o WHERE o."status" <> 'CANCELLED'::"public"."OrderStatus" GROUP BY 1;
CREATE UNIQUE INDEX "SalesByDay_day_key" ON "public"."SalesByDay"("day");
