INSERT INTO "Patient" ("id", "name", "geburtstag") SELECT 'p' || i, 'Jürgen Ñandú 🦊 ' || i, date '1980-01-01' + i FROM generate_series(1, 70) i;
INSERT INTO "患者記録" ("id", "patientId", "内容", "größe") SELECT 'r' || i, 'p' || (1 + i % 70), '診察；記録 ' || i, 1.5 + i / 300.0 FROM generate_series(1, 210) i;
