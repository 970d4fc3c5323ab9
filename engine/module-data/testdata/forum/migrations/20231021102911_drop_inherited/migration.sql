DROP TABLE public.special_topics;
