"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { useLayoutEffect, useRef, useState } from "react";
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from "@/components/ui/command";
import { Dialog, DialogContent, DialogDescription, DialogTitle } from "@/components/ui/dialog";
import { QueryProvider } from "@/components/ui/query-provider";
import type { Navigation } from "@/contract/navigation";
import { type CatalogItem, type PaletteEntry, paletteEntries } from "./palette-entries";
import { paletteTexts } from "./palette-texts";
import { rankEntries } from "./rank-entries";

async function fetchCatalog(): Promise<CatalogItem[]> {
  const response = await fetch("/api/v1/graft/catalog");
  if (!response.ok) throw new Error(`The catalog answered ${response.status}`);
  return ((await response.json()) as { items: CatalogItem[] }).items;
}

interface PaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  navigation: Navigation;
  /** What was typed before the palette was there. */
  takeTyped: () => string;
}

/** Grouped while nothing is typed, then one list with the best match first. */
export function Palette(props: PaletteProps) {
  return (
    <QueryProvider>
      <PaletteDialog {...props} />
    </QueryProvider>
  );
}

function PaletteDialog({ open, onOpenChange, navigation, takeTyped }: PaletteProps) {
  const router = useRouter();
  const { setTheme } = useTheme();
  const [search, setSearch] = useState("");
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const early = takeTyped();
    if (early !== "") setSearch(early);
  }, [takeTyped]);
  const catalog = useQuery({
    queryKey: ["catalog"],
    queryFn: fetchCatalog,
    enabled: open && navigation.admin !== null,
    staleTime: 60_000,
  });
  const entries = paletteEntries(navigation, catalog.data ?? [], { go: router.push, setTheme });
  const typed = search.trim() !== "";
  const groups = typed
    ? [{ heading: undefined, entries: rankEntries(entries, search) }]
    : [...new Set(entries.map((entry) => entry.group))].map((group) => ({
        heading: paletteTexts.groups[group],
        entries: entries.filter((entry) => entry.group === group),
      }));
  function change(next: boolean) {
    if (!next) setSearch("");
    onOpenChange(next);
  }
  function run(entry: PaletteEntry) {
    change(false);
    entry.run();
  }
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogContent
        // By itself it would select what was typed early, and the next letter would replace it.
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          input.current?.focus();
          input.current?.setSelectionRange(search.length, search.length);
        }}
        className="top-[12vh] max-w-xl translate-y-0 gap-0 p-0 [&>button:last-child]:hidden"
      >
        <DialogTitle className="sr-only">{paletteTexts.title}</DialogTitle>
        <DialogDescription className="sr-only">{paletteTexts.description}</DialogDescription>
        <Command label={paletteTexts.title} loop shouldFilter={false}>
          <CommandInput
            ref={input}
            value={search}
            onValueChange={setSearch}
            placeholder={paletteTexts.placeholder}
          />
          <CommandList>
            <CommandEmpty>{paletteTexts.nothingFound}</CommandEmpty>
            {groups.map((group) => (
              <CommandGroup key={group.heading ?? "found"} heading={group.heading}>
                {group.entries.map((entry) => (
                  <CommandItem key={entry.id} value={entry.id} onSelect={() => run(entry)}>
                    {entry.icon}
                    {entry.label}
                    {entry.detail && <span className="text-muted-foreground">{entry.detail}</span>}
                    {typed && (
                      <span className="ml-auto text-xs text-muted-foreground">
                        {paletteTexts.groups[entry.group]}
                      </span>
                    )}
                  </CommandItem>
                ))}
              </CommandGroup>
            ))}
          </CommandList>
        </Command>
      </DialogContent>
    </Dialog>
  );
}
