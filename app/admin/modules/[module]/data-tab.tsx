import { TableSizes } from "@/components/data/table-sizes";
import { formatBytes, plural } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import type { InstalledModule } from "@/engine/supply/installed/index.ts";
import { getEngine } from "@/lib/engine";

export async function DataTab({ module }: { module: InstalledModule }) {
  if (module.manifest.database === undefined) {
    return <p className="text-muted-foreground">{module.title} keeps nothing in the database.</p>;
  }
  const { database } = getEngine();
  const { tables, rows, bytes } = await database.inspect(module.name);
  return (
    <Section
      title="Tables"
      description={
        <>
          {plural(tables.length, "table")}, {plural(rows, "row")}, {formatBytes(bytes)} in the schema{" "}
          <code className="font-mono text-xs">{database.names(module.name).schema}</code>, which only this
          module reads.
        </>
      }
    >
      <TableSizes title={module.title} tables={tables} />
    </Section>
  );
}
