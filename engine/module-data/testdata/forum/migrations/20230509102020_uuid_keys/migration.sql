CREATE EXTENSION IF NOT EXISTS "uuid-ossp";
ALTER TABLE public.topics ADD COLUMN public_id uuid NOT NULL DEFAULT public.uuid_generate_v4();
CREATE UNIQUE INDEX topics_public_id ON public.topics (public_id);
