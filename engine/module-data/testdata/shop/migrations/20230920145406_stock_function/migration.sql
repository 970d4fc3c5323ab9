CREATE FUNCTION "public"."stockOf"(product integer) RETURNS bigint LANGUAGE sql STABLE AS $fn$
  SELECT coalesce(sum(s."level"), 0) FROM "public"."Stock" s WHERE s."productId" = product;
$fn$;
