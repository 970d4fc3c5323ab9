REFRESH MATERIALIZED VIEW public.hot_topics;
REINDEX TABLE public.hot_topics;
