ALTER TYPE "Zustand" ADD VALUE 'erledigt' AFTER 'geplant';
