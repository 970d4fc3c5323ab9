"use client";

import { Button } from "@/components/ui/button";
import { X } from "@/components/ui/icons";
import { QuerySelect } from "@/components/ui/query-select";
import { SearchBox } from "@/components/ui/search-box";
import { useQueryParams } from "@/components/ui/use-query-params";
import { texts } from "./texts.ts";

/** Beginnings of actions, by what they concern. */
const kinds = [
  { value: "module.", label: texts.modules },
  { value: "access.", label: texts.accessActions },
  { value: "user.", label: texts.users },
  { value: "user.sign-in", label: texts.signIns },
  { value: "group.", label: texts.groups },
  { value: "token.", label: texts.tokens },
  { value: "host.", label: texts.thisHost },
];

/** `actorName`: of the person that `?actor=` names; null when they are gone. */
export function AuditFilters({ actorName }: { actorName: string | null }) {
  const { params, set } = useQueryParams();
  const target = params.get("target");
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <SearchBox label={texts.searchAudit} />
      <QuerySelect name="action" label={texts.kindOfAction} any={texts.allActions} options={kinds} />
      {params.has("actor") ? (
        <Chip label={texts.filterBy(actorName ?? texts.aDeletedUser)} onRemove={() => set({ actor: "" })} />
      ) : null}
      {target === null ? null : <Chip label={texts.filterOn(target)} onRemove={() => set({ target: "" })} />}
    </div>
  );
}

function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <Button className="max-w-64 rounded-full" aria-label={texts.removeFilter(label)} onClick={onRemove}>
      <span className="truncate">{label}</span>
      <X aria-hidden />
    </Button>
  );
}
