INSERT INTO "Messung" SELECT 'p' || i, date '2025-01-01', i FROM generate_series(1, 30) i;
