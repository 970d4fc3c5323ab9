INSERT INTO public.members (handle) SELECT 'member' || i FROM generate_series(1, 50) i;
INSERT INTO public.boards (name, slug) SELECT n, public.slugify(n) FROM unnest(ARRAY['General', 'Help & Support', 'Off Topic']) n;
INSERT INTO public.topics (board_id, author_id, title) SELECT 1 + i % 3, (SELECT min(id) FROM public.members) + i % 50, 'Topic ' || i FROM generate_series(1, 80) i;
INSERT INTO public.posts (topic_id, author_id, body) SELECT 1 + i % 80, (SELECT min(id) FROM public.members) + i % 50, repeat('words; and $$ signs ', 1 + i % 5) FROM generate_series(1, 400) i;
