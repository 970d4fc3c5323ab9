import { WidgetGridSkeleton } from "@/components/home/widget-grid-skeleton";
import { Page } from "@/components/shell/page";

export default function Loading() {
  return (
    <Page>
      <WidgetGridSkeleton />
    </Page>
  );
}
