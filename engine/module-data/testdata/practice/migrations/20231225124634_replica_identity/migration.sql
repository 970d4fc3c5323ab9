ALTER TABLE public."Termin" REPLICA IDENTITY FULL;
ALTER TABLE public."Termin" CLUSTER ON "Termin_pkey";
