CREATE MATERIALIZED VIEW public.hot_topics AS
  SELECT t.id, t.title, count(r.*) AS reactions FROM public.topics t
  JOIN public.posts p ON p.topic_id = t.id LEFT JOIN public.reactions r ON r.post_id = p.id
  GROUP BY t.id ORDER BY reactions DESC WITH NO DATA;
CREATE INDEX hot_topics_reactions ON public.hot_topics (reactions DESC);
REFRESH MATERIALIZED VIEW public.hot_topics;
