BEGIN;
SAVEPOINT before;
INSERT INTO public.flags SELECT id, 'old' FROM public.members WHERE id % 2 = 0;
RELEASE SAVEPOINT before;
COMMIT;
