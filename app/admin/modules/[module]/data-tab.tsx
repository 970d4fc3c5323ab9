import { TableSizes } from "@/components/data/table-sizes";
import { texts } from "@/components/module/texts";
import { Section } from "@/components/ui/section";
import type { InstalledModule } from "@/engine/supply/installed/index.ts";
import { getEngine } from "@/lib/engine";

export async function DataTab({ module }: { module: InstalledModule }) {
  if (module.database === null) {
    return <p className="text-muted-foreground">{texts.storesNothing(module.title)}</p>;
  }
  const { database } = getEngine();
  const place = { module: module.name, database: module.database };
  const { tables, rows, bytes } = await database.inspect(place);
  return (
    <Section
      title={texts.tables}
      description={texts.tablesDescription(
        { tables: tables.length, rows, bytes },
        <code className="font-mono text-xs">{database.nameOf(place)}</code>,
      )}
    >
      <TableSizes title={module.title} tables={tables} />
    </Section>
  );
}
