CREATE TEXT SEARCH CONFIGURATION public.praxis (COPY = pg_catalog.german);
CREATE INDEX "Notiz_suche" ON "Notiz" USING gin (to_tsvector('public.praxis'::regconfig, "inhalt"));
