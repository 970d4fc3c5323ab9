CREATE TABLE public."Rechnung" (id bigserial, land char(2) NOT NULL, betrag numeric(12,2) NOT NULL DEFAULT 0, PRIMARY KEY (id, land)) PARTITION BY LIST (land);
CREATE TABLE public."Rechnung_de" PARTITION OF public."Rechnung" FOR VALUES IN ('DE', 'AT');
CREATE TABLE public."Rechnung_jp" PARTITION OF public."Rechnung" FOR VALUES IN ('JP');
INSERT INTO public."Rechnung" (land, betrag) SELECT (ARRAY['DE', 'AT', 'JP'])[1 + i % 3], i * 9.99 FROM generate_series(1, 90) i;
