CREATE TABLE public.badges (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  member_id int REFERENCES public.members ON DELETE SET NULL,
  badge public.badge NOT NULL,
  given_at timestamptz(0) DEFAULT now()
);
INSERT INTO public.badges (member_id, badge) SELECT id, badge FROM public.members WHERE badge IS NOT NULL;
