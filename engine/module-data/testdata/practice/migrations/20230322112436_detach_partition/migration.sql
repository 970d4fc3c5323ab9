ALTER TABLE "public"."Messung" DETACH PARTITION "public"."Messung_2024_q2";
ALTER TABLE "public"."Messung" ATTACH PARTITION "public"."Messung_2024_q2" FOR VALUES FROM ('2024-04-01') TO ('2024-07-01');
