CREATE MATERIALIZED VIEW public."Auslastung" AS SELECT r."名前", count(t.*) AS "termine" FROM public."Raum" r LEFT JOIN public."Termin" t ON t."raumId" = r."id" GROUP BY r."id";
