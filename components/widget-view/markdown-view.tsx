"use client";

import { useEffect, useState } from "react";
import { Prose } from "@/components/ui/prose";
import { RowsSkeleton } from "@/components/ui/skeleton";
import { problemFrom, unwrap } from "@/lib/problem";
import type { MarkdownAnswer } from "@/sdk/views/index.ts";
import { renderWidgetMarkdown } from "./actions";
import type { ViewSource } from "./view-source.ts";

/** Rendered and sanitised on the server, where the libraries for it are. */
export function MarkdownView({ answer, source }: { answer: MarkdownAnswer; source: ViewSource }) {
  const { markdown } = answer;
  const [html, setHtml] = useState<string | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    unwrap(renderWidgetMarkdown({ target: source.target, markdown })).then(
      (rendered) => {
        if (gone) return;
        setHtml(rendered);
        setFailed(null);
      },
      (error) => gone || setFailed(problemFrom(error).detail),
    );
    return () => {
      gone = true;
    };
  }, [source.target, markdown]);
  if (failed !== null && html === null) return <p className="p-4 text-muted-foreground">{failed}</p>;
  if (html === null) return <RowsSkeleton rows={2} />;
  return <Prose html={html} className="p-4" />;
}
