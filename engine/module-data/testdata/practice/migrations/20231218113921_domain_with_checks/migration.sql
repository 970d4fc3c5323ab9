CREATE DOMAIN public.plz AS varchar(5) DEFAULT '00000' NOT NULL CONSTRAINT ziffern CHECK (VALUE ~ '^[0-9]+$');
ALTER TABLE public."Kasse" ADD COLUMN plz public.plz;
