CREATE OR REPLACE VIEW public."Offen" ("wer", "wann") AS SELECT p."name", t."beginn" FROM "Termin" t, "Patient" p WHERE p."id" = t."patientId" AND t."zustand" <> 'erledigt';
CREATE VIEW public."OffenHeute" AS SELECT * FROM public."Offen" WHERE "wann"::date = CURRENT_DATE;
