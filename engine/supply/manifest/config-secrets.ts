import { matchEntries } from "./match-entries.ts";
import { entryPlace, isObject, isSecret, placeOf, propertyPlace, type SchemaPlace } from "./secret-schema.ts";

type Values = Record<string, unknown>;
type Path = readonly (string | number)[];

/** Stands for a secret that is set; sent back, it means: keep it. */
export const maskedSecret = "••••";

const isUnset = (value: unknown) => value === undefined || value === "";
const mask = (value: unknown) => (isUnset(value) ? value : maskedSecret);

/** Values that the schema marks `"format": "secret"` or `"writeOnly": true`, also in objects and lists, never leave the host. */
export function maskSecrets(schema: unknown, values: Values): Values {
  return maskAt(placeOf(schema), values) as Values;
}

/**
 * Puts the stored secrets back where the mask was sent; a mask without a stored secret is left out. `lost`: paths of
 * masks in entries of a list that are none of the stored ones, whose secret would go to the wrong place.
 */
export function keepSecrets(
  schema: unknown,
  sent: Values,
  previous: Values,
): { config: Values; lost: string[] } {
  const lost: string[] = [];
  return {
    config: keep(placeOf(schema), { sent, stored: previous }, { path: [], lost, listed: false }) as Values,
    lost,
  };
}

function keep(
  place: SchemaPlace,
  { sent, stored }: { sent: unknown; stored: unknown },
  at: { path: Path; lost: string[]; listed: boolean },
): unknown {
  const { path, lost, listed } = at;
  if (isSecret(place)) {
    if (sent !== maskedSecret) return sent;
    if (stored === undefined && listed) lost.push(path.join("."));
    return stored;
  }
  if (Array.isArray(sent)) {
    const before = Array.isArray(stored) ? stored : [];
    const masked = (list: unknown[]) => list.map((entry, i) => maskAt(entryPlace(place, i), entry));
    const matched = matchEntries(
      { sent, sentMasked: masked(sent), storedMasked: masked(before) },
      maskedSecret,
    );
    return sent.map((entry, i) => {
      const index = matched[i] ?? null;
      const had = index === null ? undefined : before[index];
      return keep(
        entryPlace(place, i),
        { sent: entry, stored: had },
        { path: [...path, i], lost, listed: true },
      );
    });
  }
  return mapObject(sent, (value, key) => {
    const before = isObject(stored) && Object.hasOwn(stored, key) ? stored[key] : undefined;
    return keep(propertyPlace(place, key), { sent: value, stored: before }, { ...at, path: [...path, key] });
  });
}

function maskAt(place: SchemaPlace, value: unknown): unknown {
  if (isSecret(place)) return mask(value);
  if (Array.isArray(value))
    return value
      .map((entry, i) => maskAt(entryPlace(place, i), entry))
      .filter((entry) => entry !== undefined);
  return mapObject(value, (inner, key) => maskAt(propertyPlace(place, key), inner));
}

function mapObject(value: unknown, map: (value: unknown, key: string) => unknown): unknown {
  if (!isObject(value)) return value;
  const mapped: Values = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key === "__proto__") continue;
    const result = map(inner, key);
    if (result !== undefined) mapped[key] = result;
  }
  return mapped;
}
