/*
  Warnings:

  - The values [abgesagt] on the enum `Zustand` will be removed.

*/
DROP VIEW "Offen";
DROP INDEX "Termin_offen_idx";
BEGIN;
CREATE TYPE "public"."Zustand_new" AS ENUM ('geplant', 'erledigt', 'verschoben');
ALTER TABLE "public"."Termin" ALTER COLUMN "zustand" DROP DEFAULT;
ALTER TABLE "Termin" ALTER COLUMN "zustand" TYPE "public"."Zustand_new" USING ("zustand"::text::"public"."Zustand_new");
ALTER TYPE "public"."Zustand" RENAME TO "Zustand_old";
ALTER TYPE "public"."Zustand_new" RENAME TO "Zustand";
DROP TYPE "public"."Zustand_old";
ALTER TABLE "Termin" ALTER COLUMN "zustand" SET DEFAULT 'geplant';
COMMIT;
