import Link from "next/link";
import { type ModuleState, ModuleStateLabel } from "@/components/module/module-state";
import { formatMb, formatMs, formatShare } from "@/components/ui/format";
import { ModuleIcon } from "@/components/ui/module-icon";
import { Sparkline } from "@/components/ui/sparkline";
import { TableCell, TableRow } from "@/components/ui/table";
import { texts } from "./texts";
import { type UptimePoint, UptimeStrip } from "./uptime-strip";

export interface ModuleHealthView {
  name: string;
  title: string;
  icon: string | null;
  state: ModuleState;
  message: string | null;
  latencyMs: number | null;
  rssMb: number | null;
  points: (UptimePoint & { latencyMsP50: number | null; rssMb: number | null })[];
  uptime: number | null;
}

export function ModuleHealthRow({ module }: { module: ModuleHealthView }) {
  return (
    <TableRow>
      <TableCell>
        <Link
          href={`/admin/modules/${module.name}?tab=health`}
          className="flex min-w-0 items-center gap-3 font-medium underline-offset-4 hover:underline"
        >
          <ModuleIcon src={module.icon} title={module.title} className="size-6 rounded-md text-xs" />
          <span className="truncate">{module.title}</span>
        </Link>
      </TableCell>
      <TableCell label={texts.state}>
        <ModuleStateLabel state={module.state} />
      </TableCell>
      <TableCell label={texts.lastDay} className="min-w-40 sm:w-2/5">
        {module.points.length === 0 ? "–" : <UptimeStrip points={module.points} uptime={module.uptime} />}
      </TableCell>
      <TableCell label={texts.uptime} numeric>
        {module.uptime === null ? "–" : formatShare(module.uptime)}
      </TableCell>
      <TableCell label={texts.latency} numeric>
        <span className="inline-flex items-center gap-2">
          <Sparkline
            className="hidden w-20 lg:block"
            values={module.points.map((point) => point.latencyMsP50)}
            label={texts.latencyOverLastDay(module.title)}
          />
          <span className="w-14">{module.latencyMs === null ? "–" : formatMs(module.latencyMs)}</span>
        </span>
      </TableCell>
      <TableCell label={texts.memory} numeric>
        {module.rssMb === null ? "–" : formatMb(module.rssMb)}
      </TableCell>
    </TableRow>
  );
}
