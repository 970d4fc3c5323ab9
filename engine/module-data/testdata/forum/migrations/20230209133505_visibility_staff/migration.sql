ALTER TYPE public.visibility ADD VALUE 'staff';
