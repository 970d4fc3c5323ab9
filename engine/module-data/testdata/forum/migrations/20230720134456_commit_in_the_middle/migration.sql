BEGIN TRANSACTION;
CREATE TABLE public.flags (member_id int REFERENCES public.members, flag text, PRIMARY KEY (member_id, flag));
END;
START TRANSACTION ISOLATION LEVEL READ COMMITTED;
INSERT INTO public.flags SELECT id, 'new' FROM public.members;
COMMIT WORK;
