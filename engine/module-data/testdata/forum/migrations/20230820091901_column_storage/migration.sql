ALTER TABLE public.posts ALTER COLUMN body SET STORAGE EXTERNAL, ALTER COLUMN body SET STATISTICS 500;
ALTER TABLE public.posts SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
