import type { Role } from "@/contract/role";
import { texts } from "./texts.ts";

export const roles: { value: Role; label: string; hint: string }[] = [
  { value: "member", label: texts.member, hint: texts.memberExplained },
  { value: "operator", label: texts.operator, hint: texts.operatorExplained },
  { value: "administrator", label: texts.administrator, hint: texts.administratorExplained },
];

export function roleLabel(role: Role): string {
  return roles.find((each) => each.value === role)?.label ?? role;
}
