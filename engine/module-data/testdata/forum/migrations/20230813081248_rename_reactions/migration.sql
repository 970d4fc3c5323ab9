ALTER TABLE public.reactions RENAME COLUMN kind TO emotion;
ALTER TYPE public.reaction_kind RENAME VALUE 'laugh' TO 'smile';
