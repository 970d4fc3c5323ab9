"use client";

import { lazy, Suspense, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { texts } from "./texts";

const load = () => import("./user-menu-content");
const UserMenuContent = lazy(() => load().then((m) => ({ default: m.UserMenuContent })));

const triggerClasses =
  "grid size-8 place-items-center rounded-full hover:bg-accent data-[state=open]:bg-accent pointer-coarse:size-10";

/** The avatar; its menu is loaded when somebody reaches for it. */
export function UserMenu({ user }: { user: { name: string; email: string; role: string } }) {
  const [used, setUsed] = useState(false);
  const trigger = (
    <button
      type="button"
      aria-haspopup="menu"
      aria-label={texts.accountMenu(user.name)}
      className={triggerClasses}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setUsed(true)}
    >
      <Avatar name={user.name} />
    </button>
  );
  if (!used) return trigger;
  return (
    <Suspense fallback={trigger}>
      <UserMenuContent user={user} trigger={trigger} />
    </Suspense>
  );
}
