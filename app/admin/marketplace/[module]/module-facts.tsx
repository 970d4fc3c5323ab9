import Link from "next/link";
import { Facts } from "@/components/marketplace/facts";
import { texts } from "@/components/marketplace/texts";
import { CopyButton } from "@/components/ui/copy-button";
import { formatBytes } from "@/components/ui/format";
import type { CatalogVersion } from "@/contract/catalog";

/** The figures of one version, beside its description. */
export function ModuleFacts({ version }: { version: CatalogVersion }) {
  const { manifest } = version;
  const dependencies = Object.entries(manifest.dependencies);
  const needs = Object.entries(manifest.needs);
  return (
    <aside aria-label={texts.details} className="grid content-start gap-6 lg:border-l lg:pl-6">
      <Facts
        items={[
          { name: texts.publisher, value: manifest.publisher },
          { name: texts.version, value: <span className="tabular">{version.version}</span> },
          { name: texts.license, value: manifest.license },
          { name: texts.size, value: <span className="tabular">{formatBytes(version.size)}</span> },
          { name: texts.catalog, value: <span className="break-all">{version.source}</span> },
          {
            name: texts.requiresGraft,
            value: manifest.engines.graft === "*" ? texts.anyVersion : manifest.engines.graft,
          },
          {
            name: texts.digest,
            value: (
              <span className="flex items-center justify-end gap-1">
                <code className="font-mono text-xs" title={version.digest}>
                  {version.digest.slice("sha256:".length, "sha256:".length + 12)}
                </code>
                <CopyButton value={version.digest} label={texts.copyDigest} />
              </span>
            ),
          },
        ]}
      />
      <div className="grid gap-2">
        <h2 className="text-muted-foreground">{texts.dependencies}</h2>
        {dependencies.length + needs.length === 0 ? (
          <p>{texts.none}</p>
        ) : (
          <ul className="grid gap-1.5">
            {dependencies.map(([name, range]) => (
              <li key={name} className="flex justify-between gap-4">
                <Link
                  href={`/admin/marketplace/${name}`}
                  className="text-primary underline-offset-2 hover:underline"
                >
                  {name}
                </Link>
                <span className="tabular text-muted-foreground">{range}</span>
              </li>
            ))}
            {needs.map(([capability, range]) => (
              <li key={capability} className="flex justify-between gap-4">
                <span>{texts.capability(capability)}</span>
                <span className="tabular text-muted-foreground">{range}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      {manifest.categories.length > 0 && (
        <div className="grid gap-2">
          <h2 className="text-muted-foreground">{texts.categories}</h2>
          <p className="flex flex-wrap gap-x-3 gap-y-1">
            {manifest.categories.map((category) => (
              <Link
                key={category}
                href={`/admin/marketplace?category=${category}`}
                className="text-primary underline-offset-2 hover:underline"
              >
                {category}
              </Link>
            ))}
          </p>
        </div>
      )}
    </aside>
  );
}
