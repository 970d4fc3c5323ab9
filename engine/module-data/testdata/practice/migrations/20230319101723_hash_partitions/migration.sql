CREATE TABLE "Protokoll" (k text NOT NULL, v jsonb) PARTITION BY HASH (k);
CREATE TABLE "Protokoll_0" PARTITION OF "Protokoll" FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE "Protokoll_1" PARTITION OF "Protokoll" FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO "Protokoll" SELECT md5(i::text), jsonb_build_object('i', i) FROM generate_series(1, 40) i;
