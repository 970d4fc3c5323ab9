"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useDeferredValue, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import type { UserView } from "@/contract/people";
import { texts } from "./texts.ts";

async function findUsers(query: string, signal: AbortSignal): Promise<UserView[]> {
  const search = new URLSearchParams({ query, limit: "8" });
  const response = await fetch(`/api/v1/graft/users?${search}`, { signal });
  if (!response.ok) throw new Error(texts.searchFailedStatus(response.status));
  return ((await response.json()) as { items: UserView[] }).items;
}

/** Finds people by name or e-mail; `children` is the button that opens it. */
export function UserPicker(props: {
  children: ReactNode;
  /** Ids of those who cannot be picked. */
  taken?: readonly string[];
  /** What stands beside them. */
  takenNote?: string;
  /** Stays open, so that one can be picked after the other. */
  many?: boolean;
  align?: "start" | "end";
  onPick: (user: { id: string; name: string }) => void;
}) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const query = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ["users", query],
    queryFn: ({ signal }) => findUsers(query, signal),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  const taken = new Set(props.taken);
  function pick({ id, name }: UserView) {
    if (!props.many) setOpen(false);
    props.onPick({ id, name });
  }
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>{props.children}</PopoverTrigger>
      <PopoverContent align={props.align} aria-label={texts.findPeople} className="w-80 p-0">
        <Command shouldFilter={false} label={texts.findPeople}>
          <CommandInput value={text} onValueChange={setText} placeholder={texts.nameOrEmail} />
          <CommandList>
            {found.isError ? (
              <p role="alert" className="py-6 text-center text-danger">
                {texts.searchFailed}
              </p>
            ) : null}
            {found.data?.length === 0 ? <CommandEmpty>{texts.nobodyMatchesSearch}</CommandEmpty> : null}
            {found.data?.map((user) => (
              <CommandItem
                key={user.id}
                value={user.id}
                disabled={taken.has(user.id)}
                onSelect={() => pick(user)}
              >
                <Avatar name={user.name} />
                <span className="grid min-w-0 flex-1">
                  <span className="truncate">{user.name}</span>
                  <span className="truncate text-xs text-muted-foreground">{user.email}</span>
                </span>
                {taken.has(user.id) ? (
                  <span className="text-xs text-muted-foreground">{props.takenNote}</span>
                ) : null}
              </CommandItem>
            ))}
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}
