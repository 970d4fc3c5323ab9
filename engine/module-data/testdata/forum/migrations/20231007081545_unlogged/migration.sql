CREATE UNLOGGED TABLE public.presence (member_id int PRIMARY KEY, seen timestamptz NOT NULL DEFAULT now());
INSERT INTO public.presence SELECT id FROM public.members;
