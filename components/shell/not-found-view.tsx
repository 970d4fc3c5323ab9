import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Compass } from "@/components/ui/icons";
import { texts } from "./texts";

export function NotFoundView({ href, label }: { href: string; label: string }) {
  return (
    <EmptyState
      heading
      icon={Compass}
      title={texts.notFoundTitle}
      action={
        <Button asChild>
          <Link href={href}>{label}</Link>
        </Button>
      }
    >
      {texts.notFoundExplanation}
    </EmptyState>
  );
}
