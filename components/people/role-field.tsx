"use client";

import { Field } from "@/components/ui/field";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import type { Role } from "@/contract/role";
import { roles } from "./role-label.ts";
import { texts } from "./texts.ts";

export function RoleField(props: {
  value: Role;
  onChange: (role: Role) => void;
  error?: string | undefined;
  disabled?: boolean;
}) {
  return (
    <Field
      label={texts.role}
      hint={roles.find((role) => role.value === props.value)?.hint}
      error={props.error}
    >
      <RoleSelect value={props.value} onChange={props.onChange} disabled={props.disabled ?? false} />
    </Field>
  );
}

function RoleSelect({
  value,
  onChange,
  disabled,
  ...control
}: {
  value: Role;
  onChange: (role: Role) => void;
  disabled: boolean;
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
}) {
  return (
    <Select value={value} disabled={disabled} onValueChange={(next) => onChange(next as Role)}>
      <SelectTrigger {...control}>
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {roles.map((role) => (
          <SelectItem key={role.value} value={role.value}>
            {role.label}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
