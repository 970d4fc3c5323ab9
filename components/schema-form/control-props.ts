import type { FormField } from "./read-schema.ts";

/** What each control of a form is given. */
export interface ControlProps<Kind extends FormField["kind"] = FormField["kind"]> {
  field: Extract<FormField, { kind: Kind }>;
  name: string;
  value: unknown;
  error: string | undefined;
  disabled: boolean;
  onChange(value: unknown): void;
}
