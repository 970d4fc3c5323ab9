import { Table, TableBody, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { ModuleHealthRow, type ModuleHealthRowView } from "./module-health-row";
import { texts } from "./texts";

export function ModuleHealthTable({ modules }: { modules: ModuleHealthRowView[] }) {
  return (
    <Table label={texts.tableLabel}>
      <TableHeader>
        <TableRow>
          <TableHead>{texts.module}</TableHead>
          <TableHead>{texts.state}</TableHead>
          <TableHead>{texts.lastDay}</TableHead>
          <TableHead numeric>{texts.uptime}</TableHead>
          <TableHead numeric>{texts.latency}</TableHead>
          <TableHead numeric>{texts.memory}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {modules.map((module) => (
          <ModuleHealthRow key={module.name} module={module} />
        ))}
      </TableBody>
    </Table>
  );
}
