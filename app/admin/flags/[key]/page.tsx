import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ArchiveButton } from "@/components/flags/archive-button";
import { FlagEditor } from "@/components/flags/flag-editor";
import { FlagHistory } from "@/components/flags/flag-history";
import { FlagSwitch } from "@/components/flags/flag-switch";
import { FlagUse } from "@/components/flags/flag-use";
import { RemoveFlagButton } from "@/components/flags/remove-flag-button";
import { texts } from "@/components/flags/texts";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import type { FlagDefinition } from "@/contract/flags";
import { getEngine } from "@/lib/engine";
import { requireRole } from "@/lib/session";
import { readRules } from "@/sdk/flags/rules";

const usageDays = 30;

export async function generateMetadata({ params }: PageProps<"/admin/flags/[key]">): Promise<Metadata> {
  return { title: texts.flagNamed(decodeURIComponent((await params).key)) };
}

export default async function FlagPage({ params }: PageProps<"/admin/flags/[key]">) {
  await requireRole("administrator");
  const key = decodeURIComponent((await params).key);
  const { access, flags, registry } = getEngine();
  const flag = flags.features.get(key);
  if (flag === null) notFound();
  const [groups, usage, history] = await Promise.all([
    access.groups.list(),
    flags.features.usage(key, usageDays),
    flags.features.history({ key, limit: 20 }),
  ]);
  const owner = flag.module === null ? null : (registry.get(flag.module)?.title ?? flag.module);
  const description = flag.description || texts.flagOfType(flag.type);
  const on = flag.definition.state === "ENABLED";
  return (
    <>
      <PageHeader
        before={<Breadcrumb items={[{ label: texts.flags, href: "/admin/flags" }]} />}
        title={<span className="font-mono break-all">{key}</span>}
        description={owner === null ? description : texts.describedFrom(description, owner)}
        actions={
          <>
            <span className="flex h-8 items-center gap-2">
              {on ? texts.on : texts.off}
              <FlagSwitch flagKey={key} on={on} />
            </span>
            <ArchiveButton keys={[key]} archived={flag.archived} />
            {flag.module === null || flag.changed ? (
              <RemoveFlagButton flagKey={key} module={flag.module} />
            ) : null}
          </>
        }
      />
      {flag.archived ? (
        <Notice tone="info" className="mb-6" title={texts.archivedNotice}>
          {texts.archivedNoticeHint}
        </Notice>
      ) : null}
      {on ? null : (
        <Notice tone="warning" className="mb-6" title={texts.offNotice}>
          {texts.offNoticeHint}
        </Notice>
      )}
      <div className="grid items-start gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <FlagEditor
          flag={flag}
          groups={groups.map(({ key, name }) => ({ key, name }))}
          flags={flags.features
            .list()
            .filter((other) => other.key !== key && !other.archived)
            .map((other) => ({ key: other.key, variants: Object.keys(other.definition.variants) }))}
          names={namesIn(flag.definition)}
          now={Math.floor(Date.now() / 1000)}
        />
        <div className="grid grid-cols-1 gap-10">
          <FlagUse usage={usage} requires={flag.requires} requiredBy={flag.requiredBy} days={usageDays} />
          <FlagHistory changes={history.items} more={history.nextCursor !== null} />
        </div>
      </div>
    </>
  );
}

/** The users that rules name, by id. */
function namesIn({ targeting }: FlagDefinition): Record<string, string> {
  const { directory } = getEngine().access;
  const conditions = readRules(targeting)?.flatMap((rule) => rule.conditions) ?? [];
  const ids = conditions.flatMap((condition) => (condition.kind === "users" ? condition.users : []));
  return Object.fromEntries(ids.map((id) => [id, directory.identity(id)?.name ?? id]));
}
