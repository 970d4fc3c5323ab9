"use client";

import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { FrameFailed, FrameSkeleton } from "@/components/frame/frame-notice";
import { RotateCw, TriangleExclamationPoint } from "@/components/ui/icons";
import { type EndpointState, lastAnswer, watchEndpoint } from "@/components/ui/watch-endpoint";
import { readWidgetAnswer, type WidgetAnswers, type WidgetViewKind } from "@/sdk/views/index.ts";
import { FiguresView } from "./figures-view.tsx";
import { ListView } from "./list-view.tsx";
import { MarkdownView } from "./markdown-view.tsx";
import { texts } from "./texts.ts";
import type { ViewSource } from "./view-source.ts";
import { viewUrl } from "./view-url.ts";

// The two with the most code; most homes have neither.
const ChartView = lazy(() => import("./chart-view.tsx").then((m) => ({ default: m.ChartView })));
const TableView = lazy(() => import("./table-view.tsx").then((m) => ({ default: m.TableView })));

/** What the module's endpoint answers for the user, drawn, and kept up to date. */
export default function ViewBody({
  source,
  onUnread,
}: {
  source: ViewSource;
  onUnread?: (count: number) => void;
}) {
  const { content, config, module } = source;
  const url = viewUrl(content.url, config);
  const [state, setState] = useState<EndpointState>(() => lastAnswer(url));
  const watch = useRef<ReturnType<typeof watchEndpoint> | null>(null);
  useEffect(() => {
    const watching = watchEndpoint({
      url,
      module,
      everyMs: content.refreshSeconds * 1000,
      onState: setState,
    });
    watch.current = watching;
    return watching.stop;
  }, [url, module, content.refreshSeconds]);

  const body = state.status === "answered" ? state.body : undefined;
  const read = useMemo(
    () => (body === undefined ? null : readWidgetAnswer(content.kind, body)),
    [body, content.kind],
  );
  const unread = read?.ok && "unread" in read.answer ? (read.answer.unread ?? 0) : 0;
  useEffect(() => onUnread?.(unread), [onUnread, unread]);

  if (state.status === "loading") return <FrameSkeleton title={source.title} />;
  const problem = state.status === "failed" ? state.detail : read?.ok === false ? read.problem : null;
  if (problem !== null) {
    return (
      <FrameFailed
        text={texts.failed}
        detail={content.explain ? texts.failedDetail(content.endpoint, content.kind, problem) : null}
        onRetry={() => watch.current?.refresh()}
      />
    );
  }
  if (read === null || !read.ok || state.status !== "answered") return null;
  return (
    <>
      {isEmpty(read.answer) ? (
        <p className="grid h-full min-h-24 place-content-center p-4 text-center text-muted-foreground">
          {read.answer.empty ?? texts.empty}
        </p>
      ) : (
        <Suspense fallback={<FrameSkeleton title={source.title} />}>
          <Drawn kind={content.kind} answer={read.answer} source={source} />
        </Suspense>
      )}
      {state.overdue ? (
        <p className="sticky bottom-0 flex items-center gap-1.5 border-t bg-card px-4 py-1.5 text-xs text-muted-foreground">
          <TriangleExclamationPoint aria-hidden className="size-3.5 shrink-0 text-warning" />
          <span className="min-w-0 flex-1 truncate">{texts.outdated}</span>
          <button
            type="button"
            className="inline-flex items-center gap-1 font-medium text-foreground hover:underline"
            onClick={() => watch.current?.refresh()}
          >
            <RotateCw aria-hidden className="size-3" />
            {texts.retry}
          </button>
        </p>
      ) : null}
    </>
  );
}

function Drawn(props: { kind: WidgetViewKind; answer: WidgetAnswers[WidgetViewKind]; source: ViewSource }) {
  const { kind, source } = props;
  if (kind === "list") return <ListView answer={props.answer as WidgetAnswers["list"]} source={source} />;
  if (kind === "figures")
    return <FiguresView answer={props.answer as WidgetAnswers["figures"]} source={source} />;
  if (kind === "chart") return <ChartView answer={props.answer as WidgetAnswers["chart"]} source={source} />;
  if (kind === "table") return <TableView answer={props.answer as WidgetAnswers["table"]} source={source} />;
  // A kind that nothing draws does not compile.
  kind satisfies "markdown";
  return <MarkdownView answer={props.answer as WidgetAnswers["markdown"]} source={source} />;
}

function isEmpty(answer: WidgetAnswers[WidgetViewKind]): boolean {
  if ("items" in answer) return answer.items.length === 0;
  if ("figures" in answer) return answer.figures.length === 0;
  if ("rows" in answer) return answer.rows.length === 0;
  if ("series" in answer) return answer.x.values.length === 0;
  return answer.markdown.trim() === "";
}
