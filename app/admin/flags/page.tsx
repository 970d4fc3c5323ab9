import type { Metadata } from "next";
import { ArchivedFlags, ArchiveProposals } from "@/components/flags/archive-sections";
import { CreateFlagButton } from "@/components/flags/create-flag-button";
import { FlagHistory } from "@/components/flags/flag-history";
import { FlagTable } from "@/components/flags/flag-table";
import { ImportFlagsButton } from "@/components/flags/import-flags-button";
import { texts } from "@/components/flags/texts";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Download, Flag } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { QuerySelect } from "@/components/ui/query-select";
import { SearchBox } from "@/components/ui/search-box";
import type { FlagView } from "@/contract/flags";
import { getEngine } from "@/lib/engine";
import { oneOf } from "@/lib/search-params";
import { requireRole } from "@/lib/session";

export const metadata: Metadata = { title: texts.flags };

const ownFlags = "-";
const proposalDays = 30;

/** Those in use, and those that are not. */
function partition(flags: FlagView[]): [FlagView[], FlagView[]] {
  return [flags.filter(({ archived }) => !archived), flags.filter(({ archived }) => archived)];
}

export default async function FlagsPage({ searchParams }: PageProps<"/admin/flags">) {
  await requireRole("administrator");
  const search = await searchParams;
  const query = oneOf(search.query)?.toLowerCase() ?? "";
  const from = oneOf(search.from);
  const state = oneOf(search.state);
  const { flags, registry } = getEngine();
  const [all, archived] = partition(flags.features.list());
  const proposals = await flags.features.archiveProposals(proposalDays);
  const history = await flags.features.history({ limit: 10 });
  const titles = Object.fromEntries(registry.list().map(({ name, title }) => [name, title]));
  const shown = all.filter(
    ({ key, description, module, definition }) =>
      (key.includes(query) || description.toLowerCase().includes(query)) &&
      (!from || (module ?? ownFlags) === from) &&
      (!state || (definition.state === "ENABLED" ? "on" : "off") === state),
  );
  const modules = [...new Set(all.flatMap(({ module }) => module ?? []))];
  return (
    <>
      <PageHeader
        title={texts.flags}
        description={texts.flagsExplained}
        actions={
          <>
            <ImportFlagsButton />
            {all.length === 0 ? null : (
              <Button asChild>
                <a href="/admin/flags/export" download>
                  <Download aria-hidden />
                  {texts.export}
                </a>
              </Button>
            )}
            <CreateFlagButton />
          </>
        }
      />
      {all.length + archived.length === 0 ? (
        <EmptyState icon={Flag} title={texts.noFlags} className="rounded-lg border border-dashed">
          {texts.noFlagsHint}
        </EmptyState>
      ) : (
        <>
          <div className="mb-3 flex flex-wrap gap-2">
            <SearchBox label={texts.search} />
            <QuerySelect
              name="state"
              label={texts.state}
              any={texts.onAndOff}
              options={[
                { value: "on", label: texts.on },
                { value: "off", label: texts.off },
              ]}
            />
            {modules.length === 0 ? null : (
              <QuerySelect
                name="from"
                label={texts.origin}
                any={texts.anyOrigin}
                options={[
                  { value: ownFlags, label: texts.createdHere },
                  ...modules.map((name) => ({ value: name, label: titles[name] ?? name })),
                ]}
              />
            )}
          </div>
          {shown.length === 0 ? (
            <EmptyState icon={Flag} title={texts.noMatch}>
              {texts.noMatchHint}
            </EmptyState>
          ) : (
            <FlagTable flags={shown} titles={titles} />
          )}
        </>
      )}
      <div className="mt-10 grid grid-cols-1 gap-10 empty:hidden">
        <ArchiveProposals proposals={proposals} days={proposalDays} />
        <ArchivedFlags flags={archived} />
      </div>
      {history.items.length === 0 ? null : (
        <div className="mt-10 max-w-2xl">
          <FlagHistory changes={history.items} more={history.nextCursor !== null} />
        </div>
      )}
    </>
  );
}
