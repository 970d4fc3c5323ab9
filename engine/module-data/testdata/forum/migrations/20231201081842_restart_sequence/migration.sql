ALTER SEQUENCE public.members_id_seq RESTART WITH 5000;
INSERT INTO public.members (handle) VALUES ('newest');
