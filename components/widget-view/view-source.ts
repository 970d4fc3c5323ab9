import type { WidgetContent, WidgetView } from "@/contract/frames";

/** A widget that the host draws, as one instance of it stands on a home. */
export interface ViewSource extends Pick<WidgetView, "module" | "moduleTitle" | "title" | "href" | "target"> {
  content: Exclude<WidgetContent, { kind: "frame" }>;
  config: Record<string, unknown>;
}
