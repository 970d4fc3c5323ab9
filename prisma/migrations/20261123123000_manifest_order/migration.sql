-- JSONB orders keys by their length: the form of a module's settings lost its author's order. Those installed get it back by their next upgrade.
ALTER TABLE "graft"."modules" ALTER COLUMN "manifest" TYPE JSON USING "manifest"::json;
