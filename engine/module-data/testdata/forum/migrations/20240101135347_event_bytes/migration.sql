ALTER TABLE public.events ADD COLUMN picture bytea DEFAULT '\xdeadbeef', ADD COLUMN meta jsonb DEFAULT '{"a": [1, null, "\u00e9"]}', ADD COLUMN ip inet DEFAULT '10.0.0.1/8', ADD COLUMN x xml;
UPDATE public.events SET picture = sha256(id::text::bytea), x = '<a>b</a>' WHERE id % 2 = 0;
