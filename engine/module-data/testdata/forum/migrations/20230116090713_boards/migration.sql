CREATE TABLE public.boards (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  slug text NOT NULL UNIQUE,
  visible public.visibility NOT NULL DEFAULT 'everyone'
);
