ALTER TABLE "患者記録" RENAME TO "Akte";
ALTER TABLE "Akte" RENAME COLUMN "内容" TO "Inhalt";
ALTER INDEX "患者記録_pkey" RENAME TO "Akte_pkey";
