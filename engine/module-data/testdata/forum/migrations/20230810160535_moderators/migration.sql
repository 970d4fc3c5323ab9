CREATE TABLE public.moderators (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  member_id int NOT NULL REFERENCES public.members,
  board_id bigint NOT NULL REFERENCES public.boards,
  since date NOT NULL DEFAULT CURRENT_DATE
);
INSERT INTO public.moderators (member_id, board_id) SELECT m.id, b.id FROM public.members m, public.boards b WHERE m.id % 25 = 0;
