CREATE TABLE public."order" ("select" int, "table" text, "from""quote" text);
INSERT INTO public."order" VALUES (1, 'a', 'b');
