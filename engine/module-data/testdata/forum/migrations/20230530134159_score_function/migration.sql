CREATE OR REPLACE FUNCTION public.score(member integer, OUT posts bigint, OUT reactions bigint)
LANGUAGE plpgsql STABLE AS '
BEGIN
  SELECT count(*) INTO posts FROM public.posts p WHERE p.author_id = member;
  SELECT count(*) INTO reactions FROM public.reactions r WHERE r.member_id = member AND r.kind <> ''laugh''::public.reaction_kind;
END';
