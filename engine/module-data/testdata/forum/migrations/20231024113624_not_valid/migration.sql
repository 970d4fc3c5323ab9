ALTER TABLE public.posts ADD CONSTRAINT posts_body_check CHECK (body <> '') NOT VALID;
ALTER TABLE public.posts VALIDATE CONSTRAINT posts_body_check;
