CREATE COLLATION public.german (provider = icu, locale = 'de-u-co-phonebk');
ALTER TABLE public.boards ALTER COLUMN name TYPE text COLLATE public.german;
