CREATE STATISTICS public.posts_stats ON topic_id, author_id FROM public.posts;
ANALYZE public.posts;
