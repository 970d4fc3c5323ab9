ALTER TYPE public.reaction_kind ADD VALUE IF NOT EXISTS 'heart' BEFORE 'laugh';
