CREATE TABLE public.special_topics (reason text) INHERITS (public.topics);
