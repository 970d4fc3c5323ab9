import type { Construct } from "./function-constructs.ts";

/** Rows that were right when they were written, and what does not allow them any more. */
export const noLongerValid: (Construct & { names: string[] })[] = [
  {
    name: "a check against the time",
    sql: [
      `CREATE TABLE "Coupon" (id serial PRIMARY KEY, "expiresAt" timestamptz NOT NULL, CONSTRAINT valid CHECK ("expiresAt" > now()));
       INSERT INTO "Coupon"("expiresAt") VALUES (clock_timestamp() + interval '0.2 s'); SELECT pg_sleep(0.3)`,
    ],
    names: ['public."Coupon".valid'],
  },
  {
    name: "a check against another table",
    sql: [
      `CREATE TABLE word (w text); INSERT INTO word VALUES ('a'); CREATE FUNCTION known(t text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RETURN EXISTS (SELECT FROM word WHERE w = t); END $$;
       CREATE TABLE uses (w text CONSTRAINT known CHECK (known(w))); INSERT INTO uses VALUES ('a'); DELETE FROM word`,
    ],
    names: ["public.uses.known"],
  },
  {
    name: "a domain's check against the time",
    sql: [
      `CREATE DOMAIN future AS timestamptz CONSTRAINT future CHECK (VALUE > now()); CREATE TABLE t (a future); INSERT INTO t VALUES (clock_timestamp() + interval '0.2 s'); SELECT pg_sleep(0.3)`,
    ],
    names: ["public.future.future"],
  },
  {
    name: "the check of a domain within arrays",
    sql: [
      `CREATE DOMAIN future AS timestamptz CONSTRAINT future CHECK (VALUE > now()); CREATE TABLE t (a future[]); CREATE TABLE other (a int); INSERT INTO other VALUES (1);
       INSERT INTO t SELECT ARRAY[now() + interval '0.2 s'] FROM generate_series(1, 3000); SELECT pg_sleep(0.3)`,
    ],
    names: ["public.future.future"],
  },
];
