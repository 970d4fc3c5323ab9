import Link from "next/link";
import { AccessControl } from "@/components/access/access-control";
import { texts } from "@/components/module/texts";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import type { InstalledModule } from "@/engine/supply/installed/index.ts";
import { getEngine } from "@/lib/engine";
import { hasRole, requireRole } from "@/lib/session";

export async function AccessTab({ module }: { module: InstalledModule }) {
  const readOnly = !hasRole(await requireRole("operator"), "administrator");
  const { access, flags } = getEngine();
  const groups = await access.groups.list();
  const setting = flags.getAccess(module.name);
  const { widgets } = module.manifest;
  return (
    <div className="grid max-w-2xl grid-cols-1 gap-8">
      {readOnly && <Notice title={texts.accessReadOnly} />}
      <Section title={texts.theModule} description={texts.theModuleDescription}>
        <AccessControl
          key={JSON.stringify(setting)}
          target={module.name}
          title={module.title}
          value={setting}
          groups={groups}
          readOnly={readOnly}
        />
        {readOnly ? null : <WhoHasIt target={module.name} title={module.title} />}
      </Section>
      {widgets.length > 0 && (
        <Section title={texts.widgets} description={texts.widgetsDescription}>
          <ul className="divide-y">
            {widgets.map((widget) => {
              const target = `${module.name}/${widget.id}`;
              const own = flags.getAccess(target);
              return (
                <li
                  key={widget.id}
                  className="flex flex-wrap items-start justify-between gap-3 py-3 first:pt-0"
                >
                  <div className="grid gap-0.5">
                    <h3 className="font-medium">{widget.title}</h3>
                    <p className="text-muted-foreground">
                      {own === null ? texts.followsTheModule : (widget.summary ?? texts.ownRule)}
                    </p>
                  </div>
                  <div className="grid gap-2">
                    <AccessControl
                      key={JSON.stringify(own)}
                      target={target}
                      title={`${module.title}: ${widget.title}`}
                      value={own}
                      ofModule={module.title}
                      groups={groups}
                      readOnly={readOnly}
                    />
                    {readOnly ? null : (
                      <WhoHasIt target={target} title={`${module.title}: ${widget.title}`} />
                    )}
                  </div>
                </li>
              );
            })}
          </ul>
        </Section>
      )}
    </div>
  );
}

/** The page that says who has it and why, and rolls it out by rules. */
function WhoHasIt({ target, title }: { target: string; title: string }) {
  const { count, users } = getEngine().flags.holders(target, { limit: 0 });
  return (
    <Link
      href={`/admin/access/${target}`}
      aria-label={texts.usersWithAccessTo(title, count, users)}
      className="w-fit text-muted-foreground underline-offset-4 hover:text-foreground hover:underline"
    >
      {texts.usersWithAccess(count, users)}
    </Link>
  );
}
