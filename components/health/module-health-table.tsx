import { Table, TableBody, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { ModuleHealthRow, type ModuleHealthView } from "./module-health-row";

export function ModuleHealthTable({ modules }: { modules: ModuleHealthView[] }) {
  return (
    <Table label="Health of every module">
      <TableHeader>
        <TableRow>
          <TableHead>Module</TableHead>
          <TableHead>State</TableHead>
          <TableHead>Last day</TableHead>
          <TableHead numeric>Up</TableHead>
          <TableHead numeric>Latency</TableHead>
          <TableHead numeric>Memory</TableHead>
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
