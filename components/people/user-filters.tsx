import { QuerySelect } from "./query-select.tsx";
import { SearchBox } from "./search-box.tsx";

export interface GroupChoice {
  key: string;
  name: string;
}

export function UserFilters({ groups }: { groups: GroupChoice[] }) {
  return (
    <div className="mb-3 flex flex-wrap gap-2">
      <SearchBox label="Search by name or e-mail" />
      {groups.length > 0 ? (
        <QuerySelect
          name="group"
          label="Group"
          any="All groups"
          options={groups.map((group) => ({ value: group.key, label: group.name }))}
        />
      ) : null}
    </div>
  );
}
