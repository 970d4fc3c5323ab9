INSERT INTO public.boards (name, slug, visible) VALUES ('Staff', 'staff', 'staff');
