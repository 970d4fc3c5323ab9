CREATE UNIQUE INDEX CONCURRENTLY "Auslastung_名前" ON public."Auslastung" ("名前");
