import { readFile } from "node:fs/promises";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

interface Operation {
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
}

export interface OpenApiCheck {
  /** @throws when the document does not describe the call, its status, or this body */
  answer(method: string, path: string, status: number, body: unknown): void;
  /** `GET /v1/posts/:id` for every operation, sorted: to compare with a module's routes. */
  routes: string[];
}

/**
 * Holds a module's answers against its OpenAPI document, so that the document stays true.
 * @param version of the API it describes: `v1`
 */
export async function openApiCheck(file: string, version = "v1"): Promise<OpenApiCheck> {
  const document = JSON.parse(await readFile(file, "utf8")) as Document;
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document, "doc");
  const compiled = new Map<string, ValidateFunction>();
  const entries = Object.entries(document.paths).flatMap(([template, item]) =>
    Object.entries(item)
      .filter(([method]) => method !== "parameters")
      .map(([method, operation]) => ({ template, method, operation, segments: template.split("/") })),
  );

  return {
    routes: entries
      .map((e) => `${e.method.toUpperCase()} /${version}${e.template.replaceAll(/\{(\w+)\}/g, ":$1")}`)
      .sort(),
    answer(method, path, status, body) {
      const call = `${method} ${path} with ${status}`;
      const segments = (path.split("?")[0] ?? "").replace(`/${version}`, "").split("/");
      const entry = entries.find((e) => e.method === method.toLowerCase() && matches(e.segments, segments));
      if (!entry) throw new Error(`The OpenAPI document knows no ${method} ${path}.`);
      const described =
        String(status) in entry.operation.responses ? String(status) : status >= 400 && "default";
      if (!described) throw new Error(`The OpenAPI document does not describe ${call}.`);
      // Problem details share one schema; what matters is the body of a success.
      if (described === "default") return;
      const pointer = `/paths/${escapePointer(entry.template)}/${entry.method}/responses/${described}`;
      const schema = entry.operation.responses[described]?.content?.["application/json"]?.schema;
      if (!schema) {
        if (body !== undefined) throw new Error(`The OpenAPI document describes no body for ${call}.`);
        return;
      }
      const ref = `doc#${encodeURI(pointer)}/content/application~1json/schema`;
      const validate = compiled.get(ref) ?? ajv.compile({ $ref: ref });
      compiled.set(ref, validate);
      if (!validate(body)) {
        throw new Error(`The OpenAPI document is not true for ${call}: ${ajv.errorsText(validate.errors)}`);
      }
    },
  };
}

function matches(template: string[], segments: string[]): boolean {
  return (
    template.length === segments.length && template.every((t, i) => t === segments[i] || /^\{\w+\}$/.test(t))
  );
}

function escapePointer(text: string): string {
  return text.replaceAll("~", "~0").replaceAll("/", "~1");
}
