"use client";

import { useEffect, useRef, useState } from "react";
import { cn } from "./cn";
import { Search } from "./icons";
import { Input } from "./input";
import { Spinner } from "./spinner";
import { useQueryParams } from "./use-query-params.ts";

const typingMs = 200;

/** A search field whose text lives in the query parameter `name`. */
export function SearchBox(props: { name?: string; label: string; className?: string }) {
  const name = props.name ?? "query";
  const { params, pending, set } = useQueryParams();
  const inUrl = params.get(name) ?? "";
  const [text, setText] = useState(inUrl);
  const sent = useRef(inUrl);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Back, forward or a cleared filter: the address leads, unless it only echoes what was typed here.
  useEffect(() => {
    if (inUrl === sent.current) return;
    sent.current = inUrl;
    setText(inUrl);
  }, [inUrl]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function change(next: string) {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      sent.current = next.trim();
      set({ [name]: next.trim() });
    }, typingMs);
  }

  return (
    <search className={cn("relative block w-full sm:w-64", props.className)}>
      {pending ? (
        <Spinner className="absolute top-1/2 left-2.5 -mt-2 text-muted-foreground" />
      ) : (
        <Search aria-hidden className="absolute top-1/2 left-2.5 -mt-2 size-4 text-muted-foreground" />
      )}
      <Input
        type="search"
        aria-label={props.label}
        placeholder={props.label}
        autoComplete="off"
        value={text}
        className="pl-8"
        onChange={(event) => change(event.target.value)}
      />
    </search>
  );
}
