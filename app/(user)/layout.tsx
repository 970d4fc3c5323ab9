import type { ReactNode } from "react";
import { LiveAccess } from "@/components/home/live-access";
import { Shell } from "@/components/shell/shell";
import { getNavigation } from "@/lib/navigation";
import { requireViewer } from "@/lib/session";

export default async function UserLayout({ children }: { children: ReactNode }) {
  return (
    <Shell navigation={getNavigation(await requireViewer())}>
      <LiveAccess />
      {children}
    </Shell>
  );
}
