CREATE INDEX CONCURRENTLY posts_document_idx ON public.posts USING gin (document);
