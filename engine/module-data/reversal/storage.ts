import type { Line } from "./compare-structures.ts";

/** Storage parameters, and whether the table is logged: `r p fillfactor=80` as against `r u`. Actions of ALTER TABLE. */
export function alterTable(now: Line | undefined, then: Line | undefined): string | null {
  if (!now || !then || now.sql === then.sql) return null;
  if (now.sql[0] !== then.sql[0])
    throw new Error(`${then.object.name} is divided into partitions in one of the versions alone`);
  const parameters = ({ sql }: Line) => sql.match(/(?:toast\.)?\w+=[^\s,]+/g) ?? [];
  const gone = parameters(now).map((parameter) => parameter.split("=")[0]);
  const logged = ({ sql }: Line) => (sql.split(" ")[1] === "u" ? "UNLOGGED" : "LOGGED");
  const actions = [
    ...(gone.length > 0 ? [`RESET (${gone.join(", ")})`] : []),
    ...(parameters(then).length > 0 ? [`SET (${parameters(then).join(", ")})`] : []),
    ...(logged(now) === logged(then) ? [] : [`SET ${logged(then)}`]),
  ];
  return actions.length > 0 ? actions.join(", ") : null;
}
