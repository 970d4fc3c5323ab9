UPDATE public.reactions SET kind = 'heart' WHERE post_id % 2 = 0;
