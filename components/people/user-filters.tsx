import { QuerySelect } from "@/components/ui/query-select";
import { SearchBox } from "@/components/ui/search-box";
import type { GroupChoice } from "@/contract/people";
import { texts } from "./texts.ts";

export function UserFilters({ groups }: { groups: GroupChoice[] }) {
  return (
    <div className="mb-3 flex flex-wrap gap-2">
      <SearchBox label={texts.searchUsers} />
      {groups.length > 0 ? (
        <QuerySelect
          name="group"
          label={texts.group}
          any={texts.allGroups}
          options={groups.map((group) => ({ value: group.key, label: group.name }))}
        />
      ) : null}
    </div>
  );
}
