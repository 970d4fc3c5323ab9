CREATE EXTENSION btree_gin;
CREATE INDEX posts_author_document ON public.posts USING gin (author_id, document);
