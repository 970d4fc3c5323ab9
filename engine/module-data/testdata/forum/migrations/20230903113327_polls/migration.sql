CREATE TABLE public.polls (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic_id bigint NOT NULL UNIQUE REFERENCES public.topics,
  question text NOT NULL,
  options text[] NOT NULL CHECK (cardinality(options) > 1),
  closes_at timestamptz
);
INSERT INTO public.polls (topic_id, question, options) SELECT id, title || '?', ARRAY['yes', 'no', 'it''s complicated'] FROM public.topics WHERE id % 10 = 0;
