--
-- PostgreSQL database dump
--
SET statement_timeout = 0;
SET lock_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET client_min_messages = warning;
SET default_tablespace = '';
SET default_table_access_method = heap;

CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA public;
COMMENT ON EXTENSION pgcrypto IS 'cryptographic functions';

CREATE TYPE public.visibility AS ENUM (
    'everyone',
    'members'
);

CREATE FUNCTION public.slugify(title text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $_$
  SELECT trim(BOTH '-' FROM regexp_replace(lower(title), '[^a-z0-9]+', '-', 'g'));
$_$;

CREATE TABLE public.members (
    id integer NOT NULL,
    handle text NOT NULL,
    secret text DEFAULT encode(public.gen_random_bytes(8), 'hex'::text) NOT NULL,
    joined_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE SEQUENCE public.members_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.members_id_seq OWNED BY public.members.id;
ALTER TABLE ONLY public.members ALTER COLUMN id SET DEFAULT nextval('public.members_id_seq'::regclass);
ALTER TABLE ONLY public.members ADD CONSTRAINT members_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX members_handle_key ON public.members USING btree (lower(handle));
SELECT pg_catalog.setval('public.members_id_seq', 100, true);
