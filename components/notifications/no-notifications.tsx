import { Bell } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";

export function NoNotifications({ className }: { className?: string }) {
  return (
    <EmptyState icon={Bell} title="No news" {...(className && { className })}>
      What modules have to tell you appears here.
    </EmptyState>
  );
}
