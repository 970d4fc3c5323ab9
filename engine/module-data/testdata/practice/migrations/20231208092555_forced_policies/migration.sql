ALTER TABLE public."Befund" ENABLE ROW LEVEL SECURITY;
ALTER TABLE public."Befund" FORCE ROW LEVEL SECURITY;
CREATE POLICY "alle" ON public."Befund" AS PERMISSIVE FOR ALL USING (true) WITH CHECK (EXISTS (SELECT 1 FROM public."Patient"));
CREATE POLICY "keine_leeren" ON public."Befund" AS RESTRICTIVE FOR SELECT USING ("ergebnis" <> '');
COMMENT ON POLICY "alle" ON public."Befund" IS 'für alle';
