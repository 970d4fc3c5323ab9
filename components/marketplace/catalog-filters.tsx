"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { moduleTypes } from "@/components/module/module-type";
import { cn } from "@/components/ui/cn";
import { Search } from "@/components/ui/icons";
import { Input } from "@/components/ui/input";
import { Spinner } from "@/components/ui/spinner";
import { texts } from "./texts";

/** Search, type and category live in the URL, so that a link or the back button restores them. */
export function CatalogFilters({ categories }: { categories: string[] }) {
  const params = useSearchParams();
  const pathname = usePathname();
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [query, setQuery] = useState(params.get("query") ?? "");
  const input = useRef<HTMLInputElement>(null);
  const type = params.get("type") ?? "";
  const category = params.get("category") ?? "";

  // Two changes may come before the address has followed the first; neither may undo the other.
  const wanted = useRef(new URLSearchParams(params));
  useEffect(() => {
    wanted.current = new URLSearchParams(params);
  }, [params]);

  function set(key: string, value: string) {
    const next = wanted.current;
    if (value) next.set(key, value);
    else next.delete(key);
    startTransition(() =>
      router.replace(next.size > 0 ? `${pathname}?${next}` : pathname, { scroll: false }),
    );
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the wait
  useEffect(() => {
    if (query === (params.get("query") ?? "")) return;
    const timer = setTimeout(() => set("query", query), 180);
    return () => clearTimeout(timer);
  }, [query]);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const target = event.target as HTMLElement;
      if (event.key !== "/" || target.closest("input, textarea, select, [contenteditable]")) return;
      event.preventDefault();
      input.current?.focus();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  return (
    <search className="mb-6 grid gap-3">
      <div className="relative max-w-md">
        <Search
          aria-hidden
          className="absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted-foreground"
        />
        <Input
          ref={input}
          type="search"
          aria-label={texts.searchLabel}
          aria-keyshortcuts="/"
          placeholder={texts.searchPlaceholder}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className="px-9"
        />
        {pending && <Spinner className="absolute top-1/2 right-2.5 -mt-2 text-muted-foreground" />}
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Chips
          label={texts.type}
          value={type}
          options={Object.entries(moduleTypes).map(([value, { plural }]) => ({ value, label: plural }))}
          onChange={(value) => set("type", value)}
        />
        {categories.length > 0 && (
          <Chips
            label={texts.category}
            value={category}
            options={categories.map((value) => ({ value, label: value.replaceAll("-", " ") }))}
            onChange={(value) => set("category", value)}
          />
        )}
      </div>
    </search>
  );
}

function Chips(props: {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  return (
    <fieldset className="flex flex-wrap items-center gap-1.5">
      <legend className="sr-only">{props.label}</legend>
      {props.options.map((option) => {
        const on = option.value === props.value;
        return (
          <button
            key={option.value}
            type="button"
            aria-pressed={on}
            onClick={() => props.onChange(on ? "" : option.value)}
            className={cn(
              "h-7 rounded-full border px-3 text-[0.8125rem] text-muted-foreground transition-colors first-letter:uppercase hover:bg-accent hover:text-foreground pointer-coarse:h-9",
              on && "border-primary/40 bg-primary/10 font-medium text-primary hover:text-primary",
            )}
          >
            {option.label}
          </button>
        );
      })}
    </fieldset>
  );
}
