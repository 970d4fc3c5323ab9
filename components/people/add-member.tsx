"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import type { UserView } from "@/lib/people";

async function findUsers(query: string, signal: AbortSignal): Promise<UserView[]> {
  const search = new URLSearchParams({ query, limit: "8" });
  const response = await fetch(`/api/v1/graft/users?${search}`, { signal });
  if (!response.ok) throw new Error(`The user search answered ${response.status}`);
  return ((await response.json()) as { items: UserView[] }).items;
}

/** Finds people by name or e-mail and adds them one after the other; who is in already cannot be picked. */
export function AddMember(props: {
  memberIds: string[];
  pending: boolean;
  onAdd: (userId: string) => Promise<unknown>;
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
  const members = new Set(props.memberIds);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button size="sm" pending={props.pending}>
          <UserPlus aria-hidden />
          Add member
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label="Add a member" className="w-80 p-0">
        <Command shouldFilter={false} label="Find people">
          <CommandInput value={text} onValueChange={setText} placeholder="Name or e-mail" />
          <CommandList>
            {found.isError ? (
              <p role="alert" className="py-6 text-center text-danger">
                The search did not answer. Type again to retry.
              </p>
            ) : null}
            {found.data?.length === 0 ? <CommandEmpty>Nobody matches.</CommandEmpty> : null}
            {found.data?.map((user) => (
              <CommandItem
                key={user.id}
                value={user.id}
                disabled={members.has(user.id)}
                onSelect={() => void props.onAdd(user.id)}
              >
                <Avatar name={user.name} />
                <span className="grid min-w-0 flex-1">
                  <span className="truncate">{user.name}</span>
                  <span className="truncate text-xs text-muted-foreground">{user.email}</span>
                </span>
                {members.has(user.id) ? <span className="text-xs text-muted-foreground">Member</span> : null}
              </CommandItem>
            ))}
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}
