CREATE VIEW public.latest AS
  WITH last AS (SELECT topic_id, max(created_at) AS at FROM public.posts GROUP BY topic_id)
  SELECT b.slug, t.title, last.at, public.slugify(t.title) AS topic_slug
  FROM last JOIN public.topics t ON t.id = last.topic_id JOIN public.boards b ON b.id = t.board_id;
