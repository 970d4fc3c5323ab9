import { TableSizes } from "@/components/data/table-sizes";
import { texts } from "@/components/module/texts";
import { Section } from "@/components/ui/section";
import type { InstalledModule } from "@/engine/supply/installed/index.ts";
import { getEngine } from "@/lib/engine";

export async function DataTab({ module }: { module: InstalledModule }) {
  if (module.manifest.database === undefined) {
    return <p className="text-muted-foreground">{texts.storesNothing(module.title)}</p>;
  }
  const { database } = getEngine();
  const { tables, rows, bytes } = await database.inspect(module.name);
  return (
    <Section
      title={texts.tables}
      description={texts.tablesDescription(
        { tables: tables.length, rows, bytes },
        <code className="font-mono text-xs">{database.names(module.name).schema}</code>,
      )}
    >
      <TableSizes title={module.title} tables={tables} />
    </Section>
  );
}
