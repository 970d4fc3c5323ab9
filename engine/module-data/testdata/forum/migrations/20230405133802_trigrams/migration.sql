CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
CREATE INDEX topics_title_trgm ON public.topics USING gin (title public.gin_trgm_ops);
CREATE FUNCTION public.similar_topics(wanted text) RETURNS SETOF public.topics LANGUAGE sql STABLE AS $a$
  SELECT t.* FROM public.topics t WHERE t.title OPERATOR(public.%) wanted ORDER BY public.similarity(t.title, wanted) DESC
$a$;
