import type { ComponentProps } from "react";
import { Badge } from "@/components/ui/badge";
import { Ban, CircleCheck, type IconComponent, LockKeyhole, Mail } from "@/components/ui/icons";
import type { UserView } from "@/contract/people";
import { texts } from "./texts.ts";

const looks: Record<
  UserView["status"],
  { label: string; icon: IconComponent; tone: NonNullable<ComponentProps<typeof Badge>["tone"]> }
> = {
  active: { label: texts.active, icon: CircleCheck, tone: "success" },
  invited: { label: texts.invited, icon: Mail, tone: "primary" },
  disabled: { label: texts.disabled, icon: Ban, tone: "neutral" },
  locked: { label: texts.locked, icon: LockKeyhole, tone: "warning" },
};

export function UserStatus({ status }: { status: UserView["status"] }) {
  const { label, icon: Icon, tone } = looks[status];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {label}
    </Badge>
  );
}
