"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Pause, Play } from "@/components/ui/icons";
import { Input } from "@/components/ui/input";
import { useLocale } from "@/components/ui/locale";
import { texts } from "./texts";
import { type LogLineView, useLog } from "./use-log";

/** The newest lines of a module, following along unless paused or scrolled up. */
export function LogViewer({ module, initial }: { module: string; initial: LogLineView[] }) {
  const { locale, timeZone } = useLocale();
  const clock = new Intl.DateTimeFormat(locale ?? "en", { timeStyle: "medium", hourCycle: "h23", timeZone });
  const [paused, setPaused] = useState(false);
  const [filter, setFilter] = useState("");
  const { lines, waiting, connected } = useLog(module, initial, paused);
  const box = useRef<HTMLElement>(null);
  const following = useRef(true);
  const needle = filter.trim().toLowerCase();
  const shown = needle === "" ? lines : lines.filter((line) => line.text.toLowerCase().includes(needle));
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are what scrolls it
  useEffect(() => {
    if (following.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [shown.length, lines.at(-1)?.id]);
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Input
          type="search"
          aria-label={texts.filterLines}
          placeholder={texts.filterLines}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          className="max-w-64"
        />
        <Button onClick={() => setPaused(!paused)} aria-pressed={paused}>
          {paused ? <Play aria-hidden /> : <Pause aria-hidden />}
          {paused ? texts.resume : texts.pause}
        </Button>
        <span role="status" className="text-muted-foreground">
          {paused && waiting > 0 ? texts.linesWaiting(waiting) : connected ? texts.live : texts.connecting}
        </span>
      </div>
      <section
        ref={box}
        aria-label={texts.log}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={(event) => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
          following.current = scrollHeight - scrollTop - clientHeight < 24;
        }}
        className="relative h-112 overflow-auto rounded-lg border bg-muted/40 py-2 font-mono text-xs leading-5"
      >
        {shown.length === 0 && (
          <p className="px-3 text-muted-foreground">{needle ? texts.noMatchingLines : texts.noLines}</p>
        )}
        {shown.map((line) => (
          <div key={line.id} className="flex gap-3 px-3 hover:bg-muted">
            <time dateTime={line.at} className="shrink-0 text-muted-foreground" suppressHydrationWarning>
              {clock.format(new Date(line.at))}
            </time>
            <span
              className={cn(
                "min-w-0 break-words whitespace-pre-wrap",
                line.stream === "stderr" && "text-danger",
                line.stream === "host" && "text-muted-foreground italic",
              )}
            >
              {line.stream === "stderr" && <span className="sr-only">{texts.errorPrefix} </span>}
              {line.text}
            </span>
          </div>
        ))}
      </section>
    </div>
  );
}
