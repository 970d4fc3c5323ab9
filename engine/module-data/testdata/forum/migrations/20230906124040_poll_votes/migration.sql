CREATE TABLE public.poll_votes (poll_id bigint REFERENCES public.polls ON DELETE CASCADE, member_id int REFERENCES public.members, option int NOT NULL, PRIMARY KEY (poll_id, member_id));
INSERT INTO public.poll_votes SELECT p.id, m.id, m.id % 3 FROM public.polls p CROSS JOIN public.members m WHERE m.id % 2 = 0;
