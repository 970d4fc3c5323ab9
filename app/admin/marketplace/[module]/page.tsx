import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { cache } from "react";
import { describeContents } from "@/app/admin/modules/describe-manifest";
import { ModuleContents } from "@/components/marketplace/module-contents";
import { Screenshots } from "@/components/marketplace/screenshots";
import { texts } from "@/components/marketplace/texts";
import { Versions } from "@/components/marketplace/versions";
import { ModuleTypeBadge } from "@/components/module/module-type";
import { PlanButton } from "@/components/plan/plan-button";
import { Badge } from "@/components/ui/badge";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Button } from "@/components/ui/button";
import { DrawnText } from "@/components/ui/drawn-text";
import { CircleCheck, ShieldQuestionMark } from "@/components/ui/icons";
import { ModuleIcon } from "@/components/ui/module-icon";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { describePermissions, reachesOut } from "@/contract/permissions";
import { drawAllMarkdown, drawMarkdown } from "@/lib/draw-markdown";
import { getEngine } from "@/lib/engine";
import { moduleFileUrl } from "@/lib/navigation";
import { requireRole } from "@/lib/session";
import { ModuleFacts } from "./module-facts";

interface Props {
  params: Promise<{ module: string }>;
}

const findModule = cache((name: string) =>
  getEngine()
    .catalog.get(name)
    .catch((error: { code?: string }) => {
      if (error.code === "MODULE_NOT_IN_CATALOG") return null;
      throw error;
    }),
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireRole("operator");
  const { module } = await params;
  return { title: (await findModule(module))?.title ?? module };
}

export default async function MarketplaceModulePage({ params }: Props) {
  await requireRole("operator");
  const { upgrades, registry } = getEngine();
  const { module: name } = await params;
  const module = (await findModule(name)) ?? notFound();
  const latest = module.versions.find(({ version }) => version === module.latest) ?? notFound();
  const installed = registry.get(name)?.version ?? null;
  const upgrade = (await upgrades.available()).find((one) => one.module === name)?.to ?? null;
  const file = (path: string) => moduleFileUrl(latest.digest, path);
  const [readme, changelogs] = await Promise.all([
    drawMarkdown(module.readme, {
      ...{ module: name, file: "README.md" },
      ...{ fileBase: file("").slice(0, -1), headingLevel: 3 },
    }),
    drawAllMarkdown(
      module.versions.map(({ changelog }) => changelog),
      { module: name, file: "CHANGELOG.md", headingLevel: 4 },
    ),
  ]);
  const requests = describePermissions(latest.manifest).filter(({ kind }) => reachesOut(kind));
  return (
    <>
      <PageHeader
        before={<Breadcrumb items={[{ label: texts.marketplace, href: "/admin/marketplace" }]} />}
        icon={
          <ModuleIcon
            src={module.icon === null ? null : file(module.icon)}
            title={module.title}
            className="size-14"
          />
        }
        title={module.title}
        description={
          <>
            <p>{module.summary}</p>
            <div className="mt-2 flex flex-wrap items-center gap-1.5">
              <ModuleTypeBadge type={module.type} />
              {installed !== null && (
                <Badge tone="success">
                  <CircleCheck aria-hidden />
                  {texts.installedVersion(installed)}
                </Badge>
              )}
            </div>
          </>
        }
        actions={<Actions name={name} title={module.title} upgrade={upgrade} installed={installed} />}
      />
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="grid min-w-0 grid-cols-1 content-start gap-8">
          {latest.manifest.screenshots.length > 0 && (
            <Screenshots title={module.title} images={latest.manifest.screenshots.map(file)} />
          )}
          <Section title={texts.whatItAdds}>
            <ModuleContents items={describeContents(latest.manifest)} empty={texts.addsNothingVisible} />
          </Section>
          <Section title={texts.whatItAsksFor}>
            {requests.length === 0 ? (
              <p className="text-muted-foreground">{texts.asksForNothing}</p>
            ) : (
              <ul className="grid gap-2">
                {requests.map(({ text }) => (
                  <li key={text} className="flex items-start gap-2.5">
                    <ShieldQuestionMark
                      aria-hidden
                      className="mt-0.5 size-4 shrink-0 text-muted-foreground"
                    />
                    {text}
                  </li>
                ))}
              </ul>
            )}
          </Section>
          {module.readme && (
            <Section title={texts.about}>
              <DrawnText text={readme} />
            </Section>
          )}
          <Section title={texts.versions}>
            <Versions
              module={name}
              installed={installed}
              latest={module.latest}
              versions={module.versions.map((version, i) => ({
                version: version.version,
                size: version.size,
                source: version.source,
                needsGraft: version.supported ? null : version.manifest.engines.graft,
                changelog: changelogs[i] ?? { html: "", problem: null },
              }))}
            />
          </Section>
        </div>
        <ModuleFacts version={latest} />
      </div>
    </>
  );
}

function Actions(props: { name: string; title: string; upgrade: string | null; installed: string | null }) {
  if (props.installed === null) {
    return (
      <PlanButton variant="primary" size="lg" changes={[{ action: "install", module: props.name }]}>
        {texts.install}
      </PlanButton>
    );
  }
  return (
    <>
      <Button asChild>
        <Link href={`/admin/modules/${props.name}`}>{texts.manage}</Link>
      </Button>
      {props.upgrade !== null && (
        <PlanButton variant="primary" changes={[{ action: "upgrade", module: props.name }]}>
          {texts.upgradeTo(props.upgrade)}
        </PlanButton>
      )}
    </>
  );
}
