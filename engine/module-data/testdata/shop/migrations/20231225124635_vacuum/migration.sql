VACUUM ANALYZE "public"."Order";
