"use client";

import { useRouter } from "next/navigation";
import { memo } from "react";
import { ModuleFrame } from "@/components/frame/module-frame";
import { WidgetViewBox } from "@/components/widget-view/widget-view";
import type { WidgetView } from "@/contract/frames";
import type { HomeItem } from "@/contract/home";
import type { GraftUser } from "@/sdk/client/messages";
import { gapPx, rowPx } from "./grid-size.ts";
import { usePhone } from "./use-phone.ts";

const headerPx = 41;
// What the notice of a failed frame needs with its button.
const contentPxMin = 152;

interface WidgetFrameProps {
  item: HomeItem;
  widget: WidgetView;
  user: GraftUser;
  onBadge?: (count: number) => void;
}

/** A widget's content: its frame, begun anew when its configuration changes, or what the host draws for it. */
export const WidgetFrame = memo(function WidgetFrame(props: WidgetFrameProps) {
  const { item, widget } = props;
  const { content } = widget;
  const router = useRouter();
  const phone = usePhone();
  // In one column nothing has to line up with a neighbour: there a widget is as tall as its content, unless somebody
  // set its height there.
  const fixed = phone && item.sized === true;
  const wished = phone && !fixed ? 0 : item.h * rowPx + (item.h - 1) * gapPx - headerPx;
  const min = Math.max(contentPxMin, wished);
  const max = fixed ? min : Math.max(min, 560);
  if (content.kind !== "frame") {
    const { module, moduleTitle, title, href, target } = widget;
    return (
      <WidgetViewBox
        source={{ module, moduleTitle, title, href, target, content, config: item.config }}
        className="max-h-(--max) min-h-0 flex-1 md:max-h-none lg:min-h-0!"
        minPx={phone && !fixed ? 96 : min}
        maxPx={max}
        onUnread={props.onBadge}
      />
    );
  }
  return (
    <ModuleFrame
      key={JSON.stringify(item.config)}
      // In the grid of columns and rows the frame has its cell's height, whatever it asks for.
      className="min-h-0 flex-1 lg:min-h-0! lg:[&_iframe]:h-full!"
      module={widget.module}
      moduleTitle={widget.moduleTitle}
      title={widget.title}
      src={content.src}
      widget={{ id: widget.id, instance: { id: item.id, config: item.config } }}
      path="/"
      user={props.user}
      flags={widget.flags}
      height={{ min, max }}
      onBadge={props.onBadge}
      onNavigate={(address) => router.push(address)}
    />
  );
});
