import type { ReactNode } from "react";
import { Page } from "@/components/shell/page";
import { Shell } from "@/components/shell/shell";
import { QueryProvider } from "@/components/ui/query-provider";
import { getNavigation } from "@/lib/navigation";
import { requireRole } from "@/lib/session";

// Each page below asks for its role itself: a layout is not rendered again on every navigation. It asks too, because
// only here, before loading.tsx streams, can the answer still be a real 404.
export default async function AdminLayout({ children }: { children: ReactNode }) {
  return (
    <Shell navigation={getNavigation(await requireRole("operator"))}>
      <QueryProvider>
        <Page>{children}</Page>
      </QueryProvider>
    </Shell>
  );
}
