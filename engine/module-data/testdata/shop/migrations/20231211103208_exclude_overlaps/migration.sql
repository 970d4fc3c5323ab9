CREATE EXTENSION IF NOT EXISTS "btree_gist";
CREATE TABLE "public"."Reservation" ("id" SERIAL PRIMARY KEY, "warehouseId" INTEGER NOT NULL REFERENCES "public"."Warehouse"("id"), "during" tsrange NOT NULL,
  CONSTRAINT "Reservation_no_overlap" EXCLUDE USING gist ("warehouseId" WITH =, "during" WITH &&));
INSERT INTO "public"."Reservation" ("warehouseId", "during") SELECT 1, tsrange(timestamp '2024-01-01' + i * interval '1 day', timestamp '2024-01-01' + (i + 1) * interval '1 day') FROM generate_series(1, 20) i;
