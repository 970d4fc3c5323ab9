-- CreateEnum
CREATE TYPE "Geschlecht" AS ENUM ('männlich', 'weiblich', 'divers');
CREATE TABLE "Patient" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "geburtstag" DATE,
    "geschlecht" "Geschlecht" NOT NULL DEFAULT 'divers',

    CONSTRAINT "Patient_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "患者記録" (
    "id" TEXT NOT NULL,
    "patientId" TEXT NOT NULL REFERENCES "public"."Patient" ("id"),
    "内容" TEXT NOT NULL,
    "größe" DOUBLE PRECISION,

    CONSTRAINT "患者記録_pkey" PRIMARY KEY ("id")
);
