"use client";

import { useRouter } from "next/navigation";
import { lazy, Suspense, startTransition, useMemo, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LayoutGrid, LayoutPanelTop } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { toastProblem, toastUndo } from "@/components/ui/toast";
import type { WidgetView } from "@/contract/frames";
import type { HomeItem, HomeLayout } from "@/contract/home";
import { type ActionResult, problemFrom, unwrap } from "@/lib/problem";
import type { GraftUser } from "@/sdk/client/messages";
import { texts } from "./texts.ts";
import { type SaveItems, useArrangement } from "./use-arrangement.ts";
import { WidgetGrid } from "./widget-grid.tsx";

// The grid library is loaded by those who arrange, not by those who look: once somebody reaches for the button.
const loadBoard = () => import("./arrange-board.tsx");
const ArrangeBoard = lazy(loadBoard);

interface HomeBoardProps {
  title: string;
  layout: HomeLayout;
  /** Those the user may have. */
  widgets: WidgetView[];
  user: GraftUser;
  save: SaveItems;
  reset(): Promise<ActionResult<HomeItem[]>>;
}

/** Somebody's home: to look at, and to arrange. */
export function HomeBoard(props: HomeBoardProps) {
  const router = useRouter();
  const [editing, setEditing] = useState(false);
  const [opening, startOpening] = useTransition();
  const arrangement = useArrangement(props.layout.items, props.save);
  const { items, adopt } = arrangement;
  const widgets = useMemo(
    () => new Map(props.widgets.map((widget) => [widget.target, widget])),
    [props.widgets],
  );
  // The page was rendered anew: another host, another tab, or what one may have has changed.
  const [seen, setSeen] = useState(props.layout);
  const newest = useRef(props.layout);
  newest.current = props.layout;
  if (seen !== props.layout && !editing) {
    setSeen(props.layout);
    adopt(props.layout.items);
  }

  /** Loads first, then renders beside other work: the press is painted at once, and no frame begins twice. */
  function edit() {
    startOpening(async () => {
      await loadBoard();
      startTransition(() => setEditing(true));
    });
  }
  const editButton = { pending: opening, onPointerEnter: loadBoard, onFocus: loadBoard, onClick: edit };
  async function done() {
    await arrangement.flush();
    // What was rendered while one arranged is older than what one arranged.
    setSeen(newest.current);
    setEditing(false);
    router.refresh();
  }
  async function reset() {
    await arrangement.flush();
    const before = items;
    try {
      adopt(await unwrap(props.reset()));
      toastUndo(texts.homeReset, () => {
        arrangement.change(() => before);
        return arrangement.flush();
      });
    } catch (error) {
      toastProblem(problemFrom(error));
    }
  }

  return (
    <>
      <PageHeader
        title={props.title}
        actions={
          editing ? null : (
            <Button variant="ghost" {...editButton}>
              <LayoutPanelTop aria-hidden />
              {texts.editHome}
            </Button>
          )
        }
      />
      {editing ? (
        <Suspense fallback={<WidgetGrid items={items} widgets={widgets} user={props.user} />}>
          <ArrangeBoard
            arrangement={arrangement}
            widgets={widgets}
            user={props.user}
            save={props.save}
            reset={{ label: texts.reset, run: () => void reset() }}
            status={arrangement.saving ? texts.saving : texts.savedAsYouGo}
            actions={
              <Button variant="primary" onClick={done}>
                {texts.done}
              </Button>
            }
          />
        </Suspense>
      ) : items.length > 0 ? (
        <WidgetGrid items={items} widgets={widgets} user={props.user} />
      ) : (
        <EmptyState
          icon={LayoutGrid}
          title={texts.homeEmpty}
          className="rounded-lg border border-dashed"
          action={
            <Button variant="primary" {...editButton}>
              {texts.addWidgets}
            </Button>
          }
        >
          {texts.homeEmptyHint}
        </EmptyState>
      )}
    </>
  );
}
