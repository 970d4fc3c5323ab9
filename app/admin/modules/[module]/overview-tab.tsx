import Link from "next/link";
import { describeContents } from "@/app/admin/modules/describe-manifest";
import { readModule } from "@/app/admin/read-modules";
import { accessWords } from "@/components/access/access-words";
import { IsolationList } from "@/components/isolation/isolation-list";
import { texts as isolationTexts } from "@/components/isolation/texts";
import { Facts } from "@/components/marketplace/facts";
import { ModuleContents } from "@/components/marketplace/module-contents";
import { texts } from "@/components/module/texts";
import { PlanButton } from "@/components/plan/plan-button";
import { CopyButton } from "@/components/ui/copy-button";
import { sentence } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { InstalledModule } from "@/engine/supply/installed/index.ts";
import { getEngine } from "@/lib/engine";

export async function OverviewTab({ module }: { module: InstalledModule }) {
  const { access, flags, upgrades, registry, runtime } = getEngine();
  const [groups, available, isolation] = await Promise.all([
    access.groups.list(),
    upgrades.available(),
    module.manifest.runtime === undefined ? null : runtime.isolation(),
  ]);
  const newest = available.find((upgrade) => upgrade.module === module.name)?.to;
  const view = readModule(module);
  const dependents = registry.list().filter((other) => module.name in other.manifest.dependencies);
  const dependencies = Object.entries(module.manifest.dependencies);
  return (
    <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
      <div className="grid min-w-0 grid-cols-1 content-start gap-8">
        {newest !== undefined && (
          <Notice
            title={texts.versionAvailable(newest)}
            action={
              <PlanButton variant="primary" changes={[{ action: "upgrade", module: module.name }]}>
                {texts.upgrade}
              </PlanButton>
            }
          >
            <Link href={`/admin/marketplace/${module.name}`} className="text-primary hover:underline">
              {texts.whatChanged}
            </Link>
          </Notice>
        )}
        {view.message !== null && view.state !== "healthy" && (
          <Notice tone={view.state === "degraded" ? "warning" : "danger"} title={sentence(view.message)} />
        )}
        <p className="max-w-2xl">{module.summary}</p>
        <Section title={texts.whatItAdds}>
          <ModuleContents items={describeContents(module.manifest)} empty={texts.addsNothingVisible} />
        </Section>
        {isolation !== null && (
          <Section title={isolationTexts.title}>
            <IsolationList isolation={isolation} />
          </Section>
        )}
        <Section title={texts.dependencies}>
          <ul className="grid gap-1.5">
            {dependencies.map(([name, range]) => (
              <li key={name}>
                {texts.needs(
                  <Link href={`/admin/modules/${name}`} className="text-primary hover:underline">
                    {name}
                  </Link>,
                  <span className="tabular text-muted-foreground">{range}</span>,
                )}
              </li>
            ))}
            {dependents.map((other) => (
              <li key={other.name}>
                {texts.neededBy(
                  <Link href={`/admin/modules/${other.name}`} className="text-primary hover:underline">
                    {other.title}
                  </Link>,
                )}
              </li>
            ))}
            {dependencies.length + dependents.length === 0 && (
              <li className="text-muted-foreground">{texts.noDependencies}</li>
            )}
          </ul>
        </Section>
      </div>
      <aside aria-label={texts.details} className="content-start lg:border-l lg:pl-6">
        <Facts
          items={[
            {
              name: texts.access,
              value: accessWords(flags.getAccess(module.name) ?? { mode: "nobody" }, groups),
            },
            { name: texts.installed, value: <Time value={module.installedAt} /> },
            { name: texts.changed, value: <Time value={module.updatedAt} /> },
            { name: texts.sinceGeneration, value: <span className="tabular">{module.generation}</span> },
            { name: texts.license, value: module.manifest.license },
            {
              name: texts.digest,
              value: (
                <span className="flex items-center justify-end gap-1">
                  <code className="font-mono text-xs" title={module.digest}>
                    {module.digest.slice("sha256:".length, "sha256:".length + 12)}
                  </code>
                  <CopyButton value={module.digest} label={texts.copyDigest} />
                </span>
              ),
            },
          ]}
        />
      </aside>
    </div>
  );
}
