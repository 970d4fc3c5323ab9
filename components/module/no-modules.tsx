import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { IconComponent } from "@/components/ui/icons";
import { texts } from "./texts";

/** On a host without modules; `children` say what stands here once there are some. */
export function NoModules({ icon, children }: { icon: IconComponent; children: ReactNode }) {
  return (
    <EmptyState
      icon={icon}
      title={texts.nothingInstalled}
      action={
        <Button asChild variant="primary">
          <Link href="/admin/marketplace">{texts.openTheMarketplace}</Link>
        </Button>
      }
    >
      {children}
    </EmptyState>
  );
}
