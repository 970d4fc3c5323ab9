"use client";

import { lazy, Suspense, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { RowsSkeleton } from "@/components/ui/skeleton";
import { toastUndo } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import type { WidgetView } from "@/contract/frames";
import type { HomeItem } from "@/contract/home";
import type { ActionResult } from "@/lib/problem";
import { texts } from "./texts.ts";

const ArrangeBoard = lazy(() => import("@/components/home/arrange-board"));

interface GroupHomeProps {
  /** The group's name; null for everyone. */
  audience: string | null;
  /** What an administrator arranged before; null when nothing was. */
  arranged: HomeItem[] | null;
  /** What members have without it. */
  generated: HomeItem[];
  widgets: WidgetView[];
  /** Those they do not have, and would not see. */
  missing: string[];
  save(input: { items: HomeItem[] | null }): Promise<ActionResult<void>>;
}

/** What members of a group, or everyone, begin with. Nothing counts before it is saved. */
export function GroupHome(props: GroupHomeProps) {
  const { audience, arranged } = props;
  const everyone = audience === null;
  const start = arranged ?? props.generated;
  const [items, setItems] = useState(start);
  const widgets = useMemo(
    () => new Map(props.widgets.map((widget) => [widget.target, widget])),
    [props.widgets],
  );
  const undo = useChange(props.save, { onDone: (_, { items: back }) => setItems(back ?? props.generated) });
  const change = useChange(props.save, {
    onDone: (_, sent) => {
      if (sent.items === null) setItems(props.generated);
      toastUndo(
        sent.items === null
          ? everyone
            ? texts.everyoneStartsWithAll
            : texts.groupStartsWithAll(audience)
          : everyone
            ? texts.everyoneStartsWithThis
            : texts.groupStartsWithThis(audience),
        () => undo.run({ items: arranged }),
      );
    },
  });
  const missing = useMemo(() => new Set(props.missing), [props.missing]);
  const unchanged = items === start;
  return (
    <Suspense fallback={<RowsSkeleton rows={4} />}>
      <ArrangeBoard
        arrangement={{ items, change: (next) => setItems(next), adopt: setItems, flush: async () => {} }}
        widgets={widgets}
        user={null}
        noteOf={(target) =>
          missing.has(target) ? (everyone ? texts.notForEveryone : texts.notForGroup(audience)) : null
        }
        // Kept here until the whole is saved; the server looks at it then.
        save={async ({ items: next }) => ({ data: next })}
        reset={
          arranged === null
            ? null
            : { label: texts.removeDefault, run: () => void change.run({ items: null }) }
        }
        status={unchanged ? "" : texts.notSaved}
        actions={
          <Button
            variant="primary"
            pending={change.pending}
            disabled={unchanged && arranged !== null}
            onClick={() => change.run({ items })}
          >
            {everyone ? texts.saveForEveryone : texts.saveForGroup}
          </Button>
        }
      />
    </Suspense>
  );
}
