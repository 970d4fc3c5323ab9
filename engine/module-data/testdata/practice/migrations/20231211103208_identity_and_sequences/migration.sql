CREATE TABLE "Zähler" (id int GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 10), klein smallserial, groß bigserial, n int);
INSERT INTO "Zähler" (n) SELECT i FROM generate_series(1, 12) i;
ALTER TABLE "Zähler" ALTER COLUMN id RESTART WITH 900;
