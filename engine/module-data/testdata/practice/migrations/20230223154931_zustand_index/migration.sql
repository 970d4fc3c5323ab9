CREATE INDEX "Termin_offen_idx" ON "Termin"("beginn") WHERE ("zustand" = 'geplant'::"public"."Zustand");
CREATE INDEX "Patient_größe_idx" ON "Patient" (lower("name") text_pattern_ops, (date_part('year'::text, "geburtstag")));
