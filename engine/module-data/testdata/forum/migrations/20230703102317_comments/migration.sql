COMMENT ON TABLE public.members IS E'People\nwho write';
COMMENT ON COLUMN public.posts.body IS $c$Markdown; with $$ inside$c$;
COMMENT ON MATERIALIZED VIEW public.hot_topics IS 'Refreshed hourly';
COMMENT ON TYPE public.badge IS 'A composite';
COMMENT ON SEQUENCE public.members_id_seq IS 'Starts at 100';
COMMENT ON FUNCTION public.slugify(text) IS 'For URLs';
COMMENT ON RULE latest_read_only ON public.latest IS 'Reads only';
