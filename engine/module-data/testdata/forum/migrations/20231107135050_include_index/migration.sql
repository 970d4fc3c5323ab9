CREATE INDEX topics_board ON public.topics (board_id) INCLUDE (title) WHERE NOT locked;
