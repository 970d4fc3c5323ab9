import { describeEveryday, type Everyday } from "../../testing/everyday.ts";

const task = 'CREATE TABLE "Task" (id int PRIMARY KEY);';
const rows = 'INSERT INTO "Task" VALUES (1)';
const dynamic = /runs SQL that is put together/;

/** As pg_dump writes it, without owners and rights. */
const dump = `--
-- PostgreSQL database dump
--

SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET client_encoding = 'UTF8'; SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false; SET xmloption = content; SET client_min_messages = warning; SET row_security = off;
SET default_tablespace = ''; SET default_table_access_method = heap;
CREATE SCHEMA IF NOT EXISTS public;
COMMENT ON SCHEMA public IS 'standard public schema';
CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';
CREATE TYPE public."Role" AS ENUM ('A', 'B');
CREATE FUNCTION public.named(n text) RETURNS text LANGUAGE sql AS $$ SELECT upper(n) $$;
CREATE TABLE public."User" (id integer NOT NULL, role public."Role" DEFAULT 'A'::public."Role" NOT NULL, mail public.citext);
CREATE SEQUENCE public."User_id_seq" AS integer START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE public."User_id_seq" OWNED BY public."User".id;
ALTER TABLE ONLY public."User" ALTER COLUMN id SET DEFAULT nextval('public."User_id_seq"'::regclass);
INSERT INTO public."User" VALUES (1, 'A', 'a@example.org');
SELECT pg_catalog.setval('public."User_id_seq"', 1, true);
ALTER TABLE ONLY public."User" ADD CONSTRAINT "User_pkey" PRIMARY KEY (id);
CREATE INDEX "User_role" ON public."User" USING btree (role);

--
-- PostgreSQL database dump complete
--
`;

/** Guards that ask the catalogues, names put together, and every way to write or make a schema. */
const histories: Everyday[] = [
  {
    title: "guards that ask whether a type, a constraint, an index, a trigger or a column is there",
    files: [
      `DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'Level') THEN CREATE TYPE "Level" AS ENUM ('low'); END IF; END $$;
       ${task} CREATE TABLE "Role" (id int PRIMARY KEY, task int, level "Level");
       CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;`,
      `DO $$ BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'Role_task_fkey') THEN
          ALTER TABLE "Role" ADD CONSTRAINT "Role_task_fkey" FOREIGN KEY (task) REFERENCES "Task"(id); END IF;
        IF NOT EXISTS (SELECT 1 FROM pg_indexes WHERE indexname = 'Role_level_idx') THEN CREATE INDEX "Role_level_idx" ON "Role"(level); END IF;
        IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'Role_keep') THEN
          CREATE TRIGGER "Role_keep" BEFORE UPDATE ON "Role" FOR EACH ROW EXECUTE FUNCTION keep(); END IF;
        IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'Task' AND column_name = 'note') THEN
          ALTER TABLE "Task" ADD COLUMN note text; END IF;
        IF to_regclass('public."Missing"') IS NULL THEN CREATE TABLE "Missing" (id int); END IF;
      END $$;`,
    ],
    installed: 1,
    rows,
    copied: /adds a rule to Role/,
  },
  {
    title: "the schema's name in format()",
    files: [
      task,
      "DO $$ BEGIN EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', 'public', 'Task'); END $$;",
    ],
    installed: 1,
    rows,
    copied: dynamic,
  },
  {
    title: "the schema's name in a variable",
    files: [
      task,
      `DO $$ DECLARE s text := 'public'; BEGIN IF EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = s AND table_name = 'Task') THEN ALTER TABLE "Task" ADD COLUMN note text; END IF; END $$;`,
    ],
    installed: 1,
    rows,
  },
  {
    title: "the schema's name from current_schema() and quote_ident",
    files: [
      task,
      "DO $$ DECLARE r record; BEGIN FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'Task' LOOP EXECUTE 'ALTER TABLE ' || quote_ident(current_schema()) || '.' || quote_ident(r.tablename) || ' ADD COLUMN note text'; END LOOP; END $$;",
    ],
    installed: 1,
    rows,
    copied: dynamic,
  },
  {
    title: "the schema's name in a function's text, a view and a comment",
    files: [
      `${task} CREATE FUNCTION count_tasks() RETURNS bigint LANGUAGE plpgsql AS $$ DECLARE n bigint; BEGIN EXECUTE 'SELECT count(*) FROM public."Task"' INTO n; RETURN n; END $$; CREATE VIEW public.v AS SELECT public.count_tasks() AS n; COMMENT ON SCHEMA public IS 'of the public'; CREATE TABLE seen AS SELECT n FROM v;`,
    ],
  },
  {
    title: "a table, a column and an alias that are called public",
    files: [
      "CREATE TABLE public.public (public text); INSERT INTO public.public SELECT public.public FROM (SELECT 'public' AS public) public;",
    ],
  },
  {
    title: "schemas of its own, as Prisma's multiSchema has them",
    files: [
      'CREATE SCHEMA IF NOT EXISTS "base"; CREATE SCHEMA IF NOT EXISTS "shop"; CREATE TYPE "shop"."Kind" AS ENUM (\'a\'); CREATE TABLE "base"."User" (id serial PRIMARY KEY); CREATE TABLE "shop"."Order" (id serial PRIMARY KEY, "userId" int NOT NULL REFERENCES "base"."User"(id), kind "shop"."Kind" DEFAULT \'a\'); INSERT INTO "base"."User" DEFAULT VALUES;',
      'ALTER TABLE "shop"."Order" ADD COLUMN note text; CREATE VIEW "base"."Orders" AS SELECT id FROM "shop"."Order"; CREATE SCHEMA "audit"; CREATE TABLE "audit"."Log" (id int);',
      'ALTER TABLE "shop"."Order" SET SCHEMA "base"; DROP SCHEMA "audit" CASCADE;',
    ],
    installed: 1,
    rows: 'INSERT INTO "shop"."Order"("userId") VALUES (1)',
    copied: /^moves shop.Order to the schema base$/,
  },
  {
    title: "one of its own, in place",
    files: [
      'CREATE SCHEMA "shop"; CREATE TABLE "shop"."Order" (id serial PRIMARY KEY);',
      'ALTER TABLE "shop"."Order" ADD COLUMN note text; CREATE SCHEMA "audit"; CREATE TABLE "audit"."Log" (id int);',
    ],
    installed: 1,
    rows: 'INSERT INTO "shop"."Order" DEFAULT VALUES',
  },
  {
    title: "public, dropped and made again",
    files: ["DROP SCHEMA public CASCADE; CREATE SCHEMA public;", task],
  },
  {
    title: "a schema that goes with what is in it, and a table that moves",
    files: [
      "CREATE SCHEMA old; CREATE TABLE old.t (id int); CREATE TABLE kept (id int); CREATE SCHEMA new;",
      "DROP SCHEMA old CASCADE; ALTER TABLE kept SET SCHEMA new;",
    ],
    installed: 1,
    rows: "INSERT INTO kept VALUES (1)",
    copied: /drops the schema old.*; moves kept to the schema new/,
  },
  {
    title: "public, dropped and made again by an upgrade",
    files: [task, "DROP SCHEMA public CASCADE; CREATE SCHEMA public;", task],
    installed: 1,
    rows,
    copied: /drops the schema public/,
  },
  {
    title: "public, asked for where it is there",
    files: [
      `CREATE SCHEMA IF NOT EXISTS public; ${task}`,
      'CREATE SCHEMA IF NOT EXISTS "public"; ALTER TABLE "Task" ADD COLUMN note text;',
    ],
    installed: 1,
    rows,
  },
  {
    title: "a baseline of pg_dump, and what Prisma writes after it",
    files: [dump, 'ALTER TABLE "User" ADD COLUMN name text;'],
    installed: 1,
    rows: `INSERT INTO "User"(mail) VALUES ('B@example.org')`,
    extensions: ["citext"],
  },
  {
    title: "a baseline whose extension is in a schema of its own",
    files: [
      "CREATE SCHEMA extensions; CREATE EXTENSION citext WITH SCHEMA extensions; SET search_path = public, extensions; CREATE TABLE person (mail citext);",
      "ALTER TABLE person ADD COLUMN other extensions.citext DEFAULT 'X';",
    ],
    installed: 1,
    rows: "INSERT INTO person VALUES ('A')",
    extensions: ["citext"],
  },
];

describeEveryday("schemas", histories);
