CREATE TABLE public.events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  during tstzrange NOT NULL,
  seats int4multirange NOT NULL DEFAULT '{}',
  place point,
  bits bit varying(8) DEFAULT B'101',
  price money,
  took interval DEFAULT '1 day'
);
INSERT INTO public.events (during, seats, place, price) SELECT tstzrange(timestamptz '2024-01-01 00:00+00' + i * interval '1 h', NULL), '{[1,5),[9,12)}', point(i, -i), i::money FROM generate_series(1, 25) i;
