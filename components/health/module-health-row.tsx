import Link from "next/link";
import { ModuleStateLabel } from "@/components/module/module-state";
import { formatMb, formatMs, formatShare } from "@/components/ui/format";
import { ModuleIcon } from "@/components/ui/module-icon";
import { Sparkline } from "@/components/ui/sparkline";
import { TableCell, TableRow } from "@/components/ui/table";
import type { HealthNow, ModuleHistory, ModuleStateView } from "@/contract/health";
import { texts } from "./texts";
import { UptimeStrip } from "./uptime-strip";

export interface ModuleHealthRowView
  extends Pick<HealthNow, "message" | "latencyMs" | "rssMb">,
    Pick<ModuleHistory, "points" | "uptime"> {
  name: string;
  title: string;
  icon: string | null;
  state: ModuleStateView;
}

export function ModuleHealthRow({ module }: { module: ModuleHealthRowView }) {
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
