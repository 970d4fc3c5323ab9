UPDATE "Termin" SET "zustand" = 'erledigt' WHERE "beginn" < '2024-01-10';
