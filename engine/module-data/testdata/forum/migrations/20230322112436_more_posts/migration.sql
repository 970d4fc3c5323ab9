INSERT INTO public.posts (topic_id, author_id, body) SELECT t.id, t.author_id, 'Bump' FROM public.topics t WHERE t.id % 4 = 0;
