ALTER TABLE public.topics DISABLE TRIGGER topics_logged;
