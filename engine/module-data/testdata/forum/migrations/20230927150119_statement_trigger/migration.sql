CREATE TABLE public.log (id bigserial PRIMARY KEY, what text, n bigint);
CREATE FUNCTION public.log_changes() RETURNS trigger LANGUAGE plpgsql AS $l$ BEGIN INSERT INTO public.log (what, n) SELECT TG_OP, count(*) FROM changed; RETURN NULL; END $l$;
CREATE TRIGGER topics_logged AFTER UPDATE ON public.topics REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.log_changes();
UPDATE public.topics SET locked = false WHERE id < 20;
