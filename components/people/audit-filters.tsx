"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { QuerySelect } from "./query-select.tsx";
import { SearchBox } from "./search-box.tsx";
import { useQueryParams } from "./use-query-params.ts";

/** Beginnings of actions, by what they concern. */
const kinds = [
  { value: "module.", label: "Modules" },
  { value: "access.", label: "Who gets what" },
  { value: "user.", label: "Users" },
  { value: "user.sign-in", label: "Sign-ins" },
  { value: "group.", label: "Groups" },
  { value: "token.", label: "Tokens" },
  { value: "host.", label: "This host" },
];

/** `actorName`: of the person that `?actor=` names; null when they are gone. */
export function AuditFilters({ actorName }: { actorName: string | null }) {
  const { params, set } = useQueryParams();
  const target = params.get("target");
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <SearchBox label="Search what, who or target" />
      <QuerySelect name="action" label="Kind of action" any="All actions" options={kinds} />
      {params.has("actor") ? (
        <Chip label={`By ${actorName ?? "a deleted user"}`} onRemove={() => set({ actor: "" })} />
      ) : null}
      {target === null ? null : <Chip label={`On ${target}`} onRemove={() => set({ target: "" })} />}
    </div>
  );
}

function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <Button className="max-w-64 rounded-full" aria-label={`Remove the filter ${label}`} onClick={onRemove}>
      <span className="truncate">{label}</span>
      <X aria-hidden />
    </Button>
  );
}
