CREATE TABLE public.reactions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  post_id bigint NOT NULL REFERENCES public.posts ON DELETE CASCADE,
  member_id int NOT NULL REFERENCES public.members,
  kind public.reaction_kind NOT NULL DEFAULT 'like',
  UNIQUE (post_id, member_id)
);
INSERT INTO public.reactions (post_id, member_id) SELECT p.id, p.author_id FROM public.posts p WHERE p.id % 3 = 0;
