import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { findAccessTarget, userNames } from "@/app/admin/access/find-access-target";
import { AccessControl } from "@/components/access/access-control";
import { AccessRules } from "@/components/access/access-rules";
import { ExplainAccess } from "@/components/access/explain-access";
import { HolderTable } from "@/components/access/holder-table";
import { texts } from "@/components/access/texts";
import { FlagHistory } from "@/components/flags/flag-history";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { getEngine } from "@/lib/engine";
import { oneOf } from "@/lib/search-params";
import { requireRole } from "@/lib/session";

type Props = PageProps<"/admin/access/[...target]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireRole("administrator");
  const found = findAccessTarget((await params).target);
  return { title: found === null ? texts.access : texts.accessTo(found.title) };
}

export default async function AccessPage({ params, searchParams }: Props) {
  const viewer = await requireRole("administrator");
  const found = findAccessTarget((await params).target);
  if (found === null) notFound();
  const search = await searchParams;
  const { access, flags } = getEngine();
  const groups = await access.groups.list();
  const { target, module, title, setting, inherited } = found;
  const query = oneOf(search.query) ?? "";
  const holders = flags.holders(target, { limit: 100, search: query, reader: viewer });
  const history = await flags.features.history({ key: `access/${target}`, limit: 20 });
  const byRules = setting?.mode === "rules" || oneOf(search.edit) === "rules";
  return (
    <>
      <PageHeader
        before={
          <Breadcrumb
            items={[
              { label: texts.modules, href: "/admin/modules" },
              { label: module.title, href: `/admin/modules/${module.name}?tab=access` },
            ]}
          />
        }
        title={texts.accessTo(title)}
        description={inherited ? texts.followsModule : texts.effectAtOnce}
      />
      <div className="grid max-w-4xl grid-cols-1 gap-10">
        <Section title={texts.access}>
          <AccessControl
            key={JSON.stringify(setting)}
            target={target}
            title={title}
            value={setting}
            ofModule={target === module.name ? null : module.title}
            groups={groups}
            readOnly={false}
            rulesOpen={byRules}
          />
        </Section>
        {byRules ? (
          <AccessRules
            key={JSON.stringify(setting)}
            target={target}
            title={title}
            setting={setting ?? inherited}
            groups={groups.map(({ key, name }) => ({ key, name }))}
            flags={flags.features
              .list()
              .filter(({ archived }) => !archived)
              .map(({ key, definition }) => ({ key, variants: Object.keys(definition.variants) }))}
            names={userNames(setting)}
            now={Math.floor(Date.now() / 1000)}
          />
        ) : null}
        <HolderTable title={title} holders={holders} query={query} />
        <ExplainAccess target={target} subject={setting} />
        <FlagHistory changes={history.items} more={history.nextCursor !== null} />
      </div>
    </>
  );
}
