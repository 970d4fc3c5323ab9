import { Compass } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export function NotFoundView({ href, label }: { href: string; label: string }) {
  return (
    <EmptyState
      heading
      icon={Compass}
      title="There is nothing at this address"
      action={
        <Button asChild>
          <Link href={href}>{label}</Link>
        </Button>
      }
    >
      It may have been removed, or it is not yours to see.
    </EmptyState>
  );
}
