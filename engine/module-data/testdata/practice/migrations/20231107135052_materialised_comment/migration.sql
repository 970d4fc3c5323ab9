COMMENT ON MATERIALIZED VIEW public."Auslastung" IS '混雑';
