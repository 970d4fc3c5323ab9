CREATE TABLE public.posts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic_id bigint NOT NULL REFERENCES public.topics ON DELETE CASCADE,
  author_id int NOT NULL REFERENCES public.members,
  body text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX posts_topic_idx ON public.posts (topic_id, created_at);
