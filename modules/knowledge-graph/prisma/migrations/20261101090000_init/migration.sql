-- Fuzzy search. The host grants the extension because module.json asks for it.
CREATE EXTENSION IF NOT EXISTS "pg_trgm";

-- Identifiers compare byte by byte: no language decides their order, and comparing is cheap.
CREATE TABLE "entities" (
    "id" TEXT COLLATE "C" NOT NULL,
    "type" TEXT COLLATE "C" NOT NULL,
    "name" TEXT NOT NULL,
    "properties" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "search" TSVECTOR GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', "name"), 'A')
        || setweight(to_tsvector('simple', "type"), 'C')
        || setweight(jsonb_to_tsvector('simple', "properties", '["string"]'), 'D')
    ) STORED,

    CONSTRAINT "entities_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "relations" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "from_id" TEXT COLLATE "C" NOT NULL,
    "type" TEXT COLLATE "C" NOT NULL,
    "to_id" TEXT COLLATE "C" NOT NULL,
    "properties" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "relations_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "entities_type_idx" ON "entities"("type");
CREATE INDEX "entities_search_idx" ON "entities" USING GIN ("search");
CREATE INDEX "entities_name_trigram_idx" ON "entities" USING GIN ("name" gin_trgm_ops);
-- Prefix search, and the order of lists.
CREATE INDEX "entities_name_idx" ON "entities"((lower("name")) text_pattern_ops, "id");

CREATE UNIQUE INDEX "relations_from_id_type_to_id_key" ON "relations"("from_id", "type", "to_id");
CREATE INDEX "relations_to_id_type_from_id_idx" ON "relations"("to_id", "type", "from_id");

ALTER TABLE "relations" ADD CONSTRAINT "relations_from_id_fkey"
    FOREIGN KEY ("from_id") REFERENCES "entities"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "relations" ADD CONSTRAINT "relations_to_id_fkey"
    FOREIGN KEY ("to_id") REFERENCES "entities"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Breadth-first from both ends, always a whole level of the smaller frontier: the first level at which the two meet
-- holds a shortest path. One row per entity on it, with the relation that leads to it (none for the first).
CREATE FUNCTION "shortest_path"(
    "source" TEXT, "target" TEXT, "hops_max" INTEGER, "relation_types" TEXT[], "directed" BOOLEAN
) RETURNS TABLE ("step" INTEGER, "entity_id" TEXT, "relation_id" UUID)
-- Each level is planned for its own size: a plan for ten entities compares ten thousand with each other. Within it
-- OFFSET 0 keeps every entity's relations a look-up by index, whatever statistics say after a large import.
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan SET jit = off AS $$
DECLARE
    -- Visited entities with the relation and the entity through which each was reached, from either end.
    seen_a TEXT[] := ARRAY["source"];  via_a UUID[] := ARRAY[NULL::UUID];  parent_a TEXT[] := ARRAY[NULL::TEXT];
    seen_b TEXT[] := ARRAY["target"];  via_b UUID[] := ARRAY[NULL::UUID];  parent_b TEXT[] := ARRAY[NULL::TEXT];
    front_a TEXT[] := ARRAY["source"];
    front_b TEXT[] := ARRAY["target"];
    found TEXT[];  found_via UUID[];  found_parent TEXT[];
    meeting TEXT;
    current TEXT;
    position INTEGER;
    hops INTEGER := 0;
    from_a BOOLEAN;
    entities TEXT[] := '{}';
    relations_on UUID[] := '{}';
BEGIN
    IF "source" = "target" THEN
        RETURN QUERY SELECT 0, "source", NULL::UUID;
        RETURN;
    END IF;
    WHILE meeting IS NULL AND hops < "hops_max" LOOP
        from_a := cardinality(front_a) <= cardinality(front_b);
        SELECT array_agg(d."other"), array_agg(d."id"), array_agg(d."parent")
        INTO found, found_via, found_parent
        FROM (
            SELECT DISTINCT ON (e."other") e."other", e."id", e."parent"
            FROM (
                SELECT near."to_id" AS "other", near."id", f."id" AS "parent"
                FROM unnest(CASE WHEN from_a THEN front_a ELSE front_b END) AS f("id"), LATERAL (
                    SELECT r."to_id", r."id" FROM "relations" r
                    WHERE r."from_id" = f."id" AND (NOT "directed" OR from_a)
                        AND ("relation_types" IS NULL OR r."type" = ANY ("relation_types")) OFFSET 0
                ) near
                UNION ALL
                SELECT near."from_id", near."id", f."id"
                FROM unnest(CASE WHEN from_a THEN front_a ELSE front_b END) AS f("id"), LATERAL (
                    SELECT r."from_id", r."id" FROM "relations" r
                    WHERE r."to_id" = f."id" AND (NOT "directed" OR NOT from_a)
                        AND ("relation_types" IS NULL OR r."type" = ANY ("relation_types")) OFFSET 0
                ) near
            ) e
            WHERE NOT EXISTS (
                SELECT 1 FROM unnest(CASE WHEN from_a THEN seen_a ELSE seen_b END) AS s("id") WHERE s."id" = e."other"
            )
            ORDER BY e."other", e."parent", e."id"
        ) d;
        EXIT WHEN found IS NULL;
        hops := hops + 1;
        IF from_a THEN
            seen_a := seen_a || found;  via_a := via_a || found_via;  parent_a := parent_a || found_parent;
            front_a := found;
            SELECT n."id" INTO meeting FROM unnest(found) AS n("id") JOIN unnest(seen_b) AS s("id") ON s."id" = n."id"
            ORDER BY n."id" LIMIT 1;
        ELSE
            seen_b := seen_b || found;  via_b := via_b || found_via;  parent_b := parent_b || found_parent;
            front_b := found;
            SELECT n."id" INTO meeting FROM unnest(found) AS n("id") JOIN unnest(seen_a) AS s("id") ON s."id" = n."id"
            ORDER BY n."id" LIMIT 1;
        END IF;
    END LOOP;
    IF meeting IS NULL THEN
        RETURN;
    END IF;
    -- Back from the meeting to the source …
    current := meeting;
    WHILE current IS NOT NULL LOOP
        position := array_position(seen_a, current);
        entities := current || entities;
        relations_on := via_a[position] || relations_on;
        current := parent_a[position];
    END LOOP;
    -- … and on to the target: there each entity knows the relation that leaves it.
    position := array_position(seen_b, meeting);
    WHILE parent_b[position] IS NOT NULL LOOP
        entities := entities || parent_b[position];
        relations_on := relations_on || via_b[position];
        position := array_position(seen_b, parent_b[position]);
    END LOOP;
    RETURN QUERY
        SELECT (o."n" - 1)::INTEGER, o."e", o."r"
        FROM unnest(entities, relations_on) WITH ORDINALITY AS o("e", "r", "n");
END
$$;
