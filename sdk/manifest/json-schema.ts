import { z } from "zod";
import { manifestSchema } from "./schema.ts";

/** The text of `module.schema.json`: what an author may write, with the schema's own refusals of unknown keys. */
export function toManifestJsonSchema(): string {
  const schema = z.toJSONSchema(manifestSchema, { io: "input", target: "draft-7", unrepresentable: "any" });
  const named = {
    ...schema,
    title: "Graft module manifest",
    description: "module.json of a Graft module, version 1.",
  };
  return `${JSON.stringify(named, null, 2)}\n`;
}
