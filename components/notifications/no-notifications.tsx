import { EmptyState } from "@/components/ui/empty-state";
import { Bell } from "@/components/ui/icons";
import { texts } from "./texts.ts";

export function NoNotifications({ className }: { className?: string }) {
  return (
    <EmptyState icon={Bell} title={texts.empty} {...(className && { className })}>
      {texts.emptyHint}
    </EmptyState>
  );
}
