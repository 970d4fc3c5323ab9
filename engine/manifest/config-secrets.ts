type Values = Record<string, unknown>;

/** Stands for a secret that is set; sent back, it means: keep it. */
export const maskedSecret = "••••";

/** Values that the schema marks `"format": "secret"` never leave the host. */
export function maskSecrets(schema: unknown, values: Values): Values {
  return mapProperties(schema, values, (value) =>
    value === undefined || value === "" ? value : maskedSecret,
  );
}

/** Each secret replaced by the mask and a mark of it: tells that it changed, not what it is. */
export function markSecrets(schema: unknown, values: Values, markOf: (secret: string) => string): Values {
  return mapProperties(schema, values, (value, path) =>
    value === undefined || value === ""
      ? value
      : `${maskedSecret}${markOf(JSON.stringify([...path, value]))}`,
  );
}

/** Without any secret, also where only its mask or mark stands. */
export function dropSecrets(schema: unknown, values: Values): Values {
  return mapProperties(schema, values, () => undefined);
}

/** Puts the stored secrets back where the mask was sent; a mask without a stored secret is left out. */
export function keepSecrets(schema: unknown, sent: Values, previous: Values): Values {
  return mapProperties(schema, sent, (value, path) => (value === maskedSecret ? at(previous, path) : value));
}

/** Copies `values`, with each secret, also inside objects, replaced; undefined leaves the key out. */
function mapProperties(
  schema: unknown,
  values: Values,
  secret: (value: unknown, path: string[]) => unknown,
  path: string[] = [],
): Values {
  const mapped: Values = {};
  for (const [key, value] of Object.entries(values)) {
    if (key === "__proto__") continue;
    const property = at(schema, ["properties", key]);
    const here = [...path, key];
    const result =
      at(property, ["format"]) === "secret"
        ? secret(value, here)
        : isObject(value)
          ? mapProperties(property, value, secret, here)
          : value;
    if (result !== undefined) mapped[key] = result;
  }
  return mapped;
}

function at(value: unknown, path: string[]): unknown {
  let found = value;
  for (const key of path) found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  return found;
}

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
