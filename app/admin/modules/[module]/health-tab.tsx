import { EventList } from "@/components/health/event-list";
import { Figure } from "@/components/health/figure";
import { RestartButton } from "@/components/health/restart-button";
import { UptimeStrip } from "@/components/health/uptime-strip";
import { ModuleStateLabel } from "@/components/module/module-state";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { formatMb, formatMs, formatNumber, formatShare, plural, sentence } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import { Sparkline } from "@/components/ui/sparkline";
import { Time } from "@/components/ui/time";
import type { InstalledModule } from "@/engine/supply/installed/index.ts";
import { getEngine } from "@/lib/engine";
import { readModule } from "@/lib/read-modules";

export async function HealthTab({ module }: { module: InstalledModule }) {
  const { health } = getEngine();
  const view = readModule(module);
  if (view.state === "static") {
    return (
      <p className="text-muted-foreground">
        {module.title} has no process of its own: there is nothing that could fail or be restarted.
      </p>
    );
  }
  const [{ points, uptime }, events] = await Promise.all([
    health.history(module.name, { hours: 24, buckets: 96 }),
    health.events({ module: module.name, limit: 20 }),
  ]);
  const slowest = Math.max(view.latencyMs ?? 0, ...points.map((point) => point.latencyMsMax ?? 0));
  const requests = points.reduce((sum, point) => sum + point.requests, 0);
  const errors = points.reduce((sum, point) => sum + point.errors, 0);
  const largest = Math.max(view.rssMb ?? 0, ...points.map((point) => point.rssMb ?? 0));
  return (
    <div className="grid grid-cols-1 gap-8">
      <LiveRefresh everyMs={5_000} />
      <Section
        title="Now"
        actions={<RestartButton module={module.name} title={module.title} />}
        description={
          <span className="flex flex-wrap items-center gap-x-2">
            <ModuleStateLabel state={view.state} />
            {view.since !== null && (
              <span>
                since <Time value={view.since} />
              </span>
            )}
            <span>· {plural(view.restarts, "restart")}</span>
          </span>
        }
      >
        {view.message !== null && <p className="break-words">{sentence(view.message)}</p>}
      </Section>
      <Section title="The last day">
        <div className="grid divide-y sm:grid-cols-2 sm:gap-y-6 sm:divide-y-0 lg:grid-cols-4 lg:divide-x">
          <Figure name="Uptime" value={uptime === null ? "–" : formatShare(uptime)}>
            <UptimeStrip points={points} uptime={uptime} />
          </Figure>
          <Figure
            name="Latency"
            value={view.latencyMs === null ? "–" : formatMs(view.latencyMs)}
            detail={`slowest ${formatMs(slowest)}`}
          >
            <Sparkline
              className="w-full"
              values={points.map((point) => point.latencyMsP50)}
              label={`Latency of probes over the last day, at most ${formatMs(slowest)}`}
            />
          </Figure>
          <Figure
            name="Memory"
            value={view.rssMb === null ? "–" : formatMb(view.rssMb)}
            detail={`at most ${formatMb(largest)}`}
          >
            <Sparkline
              className="w-full"
              values={points.map((point) => point.rssMb)}
              label={`Memory over the last day, at most ${formatMb(largest)}`}
            />
          </Figure>
          <Figure
            name="Requests"
            value={formatNumber(requests)}
            detail={errors === 0 ? "none failed" : `${formatNumber(errors)} failed`}
          >
            <Sparkline
              className="w-full"
              values={points.map((point) => point.requests)}
              label={`${formatNumber(requests)} requests over the last day, ${formatNumber(errors)} failed`}
            />
          </Figure>
        </div>
      </Section>
      <Section title="What happened">
        {events.length === 0 ? (
          <p className="text-muted-foreground">Nothing has gone wrong so far.</p>
        ) : (
          <EventList events={events} />
        )}
      </Section>
    </div>
  );
}
