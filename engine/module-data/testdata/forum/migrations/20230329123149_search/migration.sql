ALTER TABLE public.posts ADD COLUMN document tsvector;
UPDATE public.posts SET document = to_tsvector('pg_catalog.simple', body);
CREATE TRIGGER posts_document BEFORE INSERT OR UPDATE ON public.posts FOR EACH ROW EXECUTE FUNCTION tsvector_update_trigger(document, 'pg_catalog.simple', body);
