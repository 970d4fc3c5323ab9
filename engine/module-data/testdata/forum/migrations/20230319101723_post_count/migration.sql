ALTER TABLE public.topics ADD COLUMN posts_count integer NOT NULL DEFAULT 0;
UPDATE public.topics t SET posts_count = (SELECT count(*) FROM public.posts p WHERE p.topic_id = t.id);

CREATE FUNCTION public.count_posts() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
  topic public.topics%ROWTYPE;
  wanted public.posts.topic_id%TYPE;
BEGIN
  wanted := coalesce(NEW.topic_id, OLD.topic_id);
  SELECT * INTO topic FROM public.topics WHERE public.topics.id = wanted;
  UPDATE public.topics SET posts_count = posts_count + CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END WHERE id = topic.id;
  RETURN NULL;
END
$body$;
CREATE TRIGGER posts_counted AFTER INSERT OR DELETE ON public.posts FOR EACH ROW EXECUTE FUNCTION public.count_posts();
