-- every measurement, one partition a quarter
CREATE TABLE "public"."Messung" (
  "patientId" TEXT NOT NULL,
  "am" DATE NOT NULL,
  "wert" INTEGER NOT NULL,
  CONSTRAINT "Messung_pkey" PRIMARY KEY ("patientId", "am")
) PARTITION BY RANGE ("am");
CREATE TABLE "public"."Messung_2024_q1" PARTITION OF "public"."Messung" FOR VALUES FROM ('2024-01-01') TO ('2024-04-01');
CREATE TABLE "public"."Messung_2024_q2" PARTITION OF "public"."Messung" FOR VALUES FROM ('2024-04-01') TO ('2024-07-01');
CREATE TABLE public."Messung_rest" PARTITION OF public."Messung" DEFAULT;
CREATE INDEX "Messung_wert_idx" ON "public"."Messung" ("wert");
INSERT INTO "Messung" SELECT 'p' || (1 + i % 70), date '2023-12-01' + i, i * 3 FROM generate_series(1, 280) i;
