import type { Role } from "@/contract/role";

export const roles: { value: Role; label: string; hint: string }[] = [
  { value: "member", label: "Member", hint: "Uses what their groups are given." },
  { value: "operator", label: "Operator", hint: "Also installs, restarts and watches modules." },
  { value: "administrator", label: "Administrator", hint: "May do everything, users and groups included." },
];

export function roleLabel(role: Role): string {
  return roles.find((each) => each.value === role)?.label ?? role;
}
