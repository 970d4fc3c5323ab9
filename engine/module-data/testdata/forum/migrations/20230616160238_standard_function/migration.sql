CREATE FUNCTION public.board_size(board bigint) RETURNS bigint
BEGIN ATOMIC
  SELECT count(*) FROM public.topics WHERE public.topics.board_id = board;
END;
