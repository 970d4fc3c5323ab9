type SampleLine =
  | { kind: "entity"; id: string; type: string; name: string; properties: Record<string, string | number> }
  | { kind: "relation"; from: string; type: string; to: string };

/** `name | type | year`; the id is the name in lower case with dashes. */
const entities = `
Charles Babbage | person | 1791
Ada Lovelace | person | 1815
Mary Somerville | person | 1780
Augustus De Morgan | person | 1806
George Boole | person | 1815
Luigi Menabrea | person | 1809
Joseph Marie Jacquard | person | 1752
Herman Hollerith | person | 1860
Kurt Gödel | person | 1906
Alonzo Church | person | 1903
Alan Turing | person | 1912
Max Newman | person | 1897
Joan Clarke | person | 1917
Tommy Flowers | person | 1905
Konrad Zuse | person | 1910
Claude Shannon | person | 1916
Vannevar Bush | person | 1890
John von Neumann | person | 1903
John Mauchly | person | 1907
J. Presper Eckert | person | 1919
Howard Aiken | person | 1900
Grace Hopper | person | 1906
Maurice Wilkes | person | 1913
Tom Kilburn | person | 1921
Frederic Williams | person | 1911
Kathleen Antonelli | person | 1921
Jean Bartik | person | 1924
John Backus | person | 1924
John McCarthy | person | 1927
Jacquard loom | machine | 1804
Difference Engine | machine | 1822
Analytical Engine | machine | 1837
Tabulating machine | machine | 1889
Differential analyser | machine | 1931
Z3 | machine | 1941
Bombe | machine | 1940
Colossus | machine | 1943
Harvard Mark I | machine | 1944
ENIAC | machine | 1945
Manchester Baby | machine | 1948
EDSAC | machine | 1949
UNIVAC I | machine | 1951
Boolean algebra | idea | 1854
Lambda calculus | idea | 1936
Turing machine | idea | 1936
Incompleteness theorems | idea | 1931
Information theory | idea | 1948
Stored-program computer | idea | 1945
Compiler | idea | 1952
FORTRAN | language | 1957
COBOL | language | 1959
Lisp | language | 1958
Bletchley Park | place | 1938
University of Cambridge | place | 1209
University of Manchester | place | 1824
Princeton University | place | 1746
Institute for Advanced Study | place | 1930
Harvard University | place | 1636
MIT | place | 1861
Bell Labs | place | 1925
IBM | organisation | 1911
`;

/** `from > type > to`, by name. */
const relations = `
Charles Babbage > designed > Difference Engine
Charles Babbage > designed > Analytical Engine
Charles Babbage > studied at > University of Cambridge
Jacquard loom > inspired > Analytical Engine
Joseph Marie Jacquard > built > Jacquard loom
Ada Lovelace > wrote about > Analytical Engine
Ada Lovelace > worked with > Charles Babbage
Ada Lovelace > translated > Luigi Menabrea
Luigi Menabrea > wrote about > Analytical Engine
Mary Somerville > taught > Ada Lovelace
Mary Somerville > knew > Charles Babbage
Augustus De Morgan > taught > Ada Lovelace
Augustus De Morgan > studied at > University of Cambridge
Augustus De Morgan > knew > George Boole
George Boole > founded > Boolean algebra
Herman Hollerith > built > Tabulating machine
Herman Hollerith > founded a forerunner of > IBM
Jacquard loom > inspired > Tabulating machine
Kurt Gödel > proved > Incompleteness theorems
Kurt Gödel > worked at > Institute for Advanced Study
Alonzo Church > founded > Lambda calculus
Alonzo Church > taught > Alan Turing
Alonzo Church > worked at > Princeton University
Alan Turing > founded > Turing machine
Alan Turing > studied at > University of Cambridge
Alan Turing > studied at > Princeton University
Alan Turing > designed > Bombe
Alan Turing > worked at > Bletchley Park
Alan Turing > worked at > University of Manchester
Alan Turing > worked with > Joan Clarke
Alan Turing > met > Claude Shannon
Incompleteness theorems > inspired > Turing machine
Turing machine > inspired > Stored-program computer
Max Newman > taught > Alan Turing
Max Newman > worked at > University of Cambridge
Max Newman > worked at > Bletchley Park
Max Newman > worked at > University of Manchester
Joan Clarke > worked at > Bletchley Park
Joan Clarke > studied at > University of Cambridge
Tommy Flowers > built > Colossus
Tommy Flowers > worked with > Max Newman
Colossus > stood at > Bletchley Park
Bombe > stood at > Bletchley Park
Konrad Zuse > built > Z3
Konrad Zuse > applied > Boolean algebra
Vannevar Bush > built > Differential analyser
Vannevar Bush > taught > Claude Shannon
Vannevar Bush > worked at > MIT
Differential analyser > stood at > MIT
Claude Shannon > founded > Information theory
Claude Shannon > applied > Boolean algebra
Claude Shannon > studied at > MIT
Claude Shannon > worked at > Bell Labs
John von Neumann > worked at > Institute for Advanced Study
John von Neumann > knew > Alan Turing
John von Neumann > described > Stored-program computer
John von Neumann > advised > ENIAC
John von Neumann > knew > Kurt Gödel
John Mauchly > built > ENIAC
J. Presper Eckert > built > ENIAC
John Mauchly > worked with > J. Presper Eckert
John Mauchly > built > UNIVAC I
J. Presper Eckert > built > UNIVAC I
Kathleen Antonelli > programmed > ENIAC
Jean Bartik > programmed > ENIAC
Jean Bartik > worked with > Kathleen Antonelli
Kathleen Antonelli > married > John Mauchly
Howard Aiken > designed > Harvard Mark I
IBM > built > Harvard Mark I
Harvard Mark I > stood at > Harvard University
Analytical Engine > inspired > Harvard Mark I
Grace Hopper > programmed > Harvard Mark I
Grace Hopper > worked with > Howard Aiken
Grace Hopper > programmed > UNIVAC I
Grace Hopper > wrote the first > Compiler
Compiler > made possible > COBOL
Compiler > made possible > FORTRAN
Tom Kilburn > built > Manchester Baby
Frederic Williams > built > Manchester Baby
Manchester Baby > realised > Stored-program computer
Manchester Baby > stood at > University of Manchester
Maurice Wilkes > built > EDSAC
EDSAC > realised > Stored-program computer
EDSAC > stood at > University of Cambridge
John Backus > designed > FORTRAN
John Backus > worked at > IBM
John McCarthy > designed > Lisp
John McCarthy > worked at > MIT
Lambda calculus > inspired > Lisp
`;

/** The people, machines and ideas of early computing: small, real, and connected enough to walk through. */
export function sampleGraph(): SampleLine[] {
  return [...rows(entities, " | ").map(toEntity), ...rows(relations, " > ").map(toRelation)];
}

function rows(text: string, separator: string): string[][] {
  return text
    .trim()
    .split("\n")
    .map((line) => line.split(separator));
}

function toEntity([name = "", type = "", year = ""]: string[]): SampleLine {
  const label = { person: "born", place: "founded", organisation: "founded" }[type] ?? "year";
  return { kind: "entity", id: idOf(name), type, name, properties: { [label]: Number(year) } };
}

function toRelation([from = "", type = "", to = ""]: string[]): SampleLine {
  return { kind: "relation", from: idOf(from), type, to: idOf(to) };
}

function idOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}
