import { createReloadQueue, type HostDb, type Listener, type Log } from "../core/index.ts";
import type { Registry } from "../supply/installed/index.ts";
import { accessDefinition } from "./access/access-definition.ts";
import { createLiveRules, type LiveRules } from "./access/live-rules.ts";
import { flagsChannel, selectRules } from "./access/rules.sql.ts";
import type { UsageCounters } from "./features/count-usage.ts";
import { selectFlags } from "./features/flags.sql.ts";
import { createLiveFlags, type LiveFlags } from "./features/live-flags.ts";
import { declareFlags } from "./targeting/module-flags.ts";
import { createSchedule } from "./targeting/schedule.ts";

/** Every flag and every rule of access in memory, as the database and the registry have them. */
export interface RuleStore {
  readonly flags: LiveFlags;
  readonly rules: LiveRules;
  /** Resolves once what was written before is in memory. */
  refresh(): Promise<void>;
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

const pollMs = 15_000;

/**
 * Resolves once all is in memory; with PostgreSQL gone the last state serves on. What access and flags both rest on:
 * rules of access may require flags, so that both are compiled together. The listener stays the caller's to close.
 */
export async function openRuleStore(deps: {
  db: HostDb;
  log: Log;
  listener: Listener;
  registry: Pick<Registry, "list" | "generation" | "onChange">;
  counters: UsageCounters;
}): Promise<RuleStore> {
  const { db, log, listener, registry } = deps;
  const flags = createLiveFlags(deps.counters);
  const rules = createLiveRules(flags);
  const changeListeners = new Set<() => void>();
  let generation: number | null = null;

  const tell = () => {
    for (const changed of changeListeners) changed();
  };
  // What a date in a rule changes is told when the date comes, as what a person changes is when they do.
  const schedule = createSchedule(tell);

  function recompile() {
    rules.recompile();
    schedule.follow([
      ...[...rules.settings.values()].map((setting) => accessDefinition(setting).targeting),
      ...flags.all.map(({ key }) => flags.definitionOf(key)?.targeting),
    ]);
    tell();
  }
  /** The registry tells of every reading; what modules declare is another with another generation alone. */
  function followRegistry() {
    if (registry.generation() === generation) return;
    generation = registry.generation();
    const modules = registry.list();
    flags.setDeclared(new Map(modules.flatMap(({ name, manifest }) => declareFlags(name, manifest.flags))));
    rules.setInstalled(
      modules.map(({ name, manifest }) => ({ name, widgets: manifest.widgets.map(({ id }) => id) })),
    );
    recompile();
  }
  const queue = createReloadQueue(async () => {
    const [settings, stored] = await Promise.all([selectRules(db.pool), selectFlags(db.pool)]);
    const changed = [rules.setSettings(settings), flags.setStored(stored)];
    if (changed.includes(true)) recompile();
  });
  const refresh = () => queue.reload("*");
  const refreshInBackground = () =>
    void refresh().catch((error) =>
      log.warn({ err: error }, "access rules and flags could not be read; serving the last state"),
    );
  const stops = [
    listener.on(flagsChannel, refreshInBackground),
    listener.onReconnect(refreshInBackground),
    registry.onChange(followRegistry),
  ];
  const poll = setInterval(refreshInBackground, pollMs).unref();
  followRegistry();
  await listener.listening();
  await refresh();

  return {
    ...{ flags, rules, refresh },
    onChange(changed) {
      changeListeners.add(changed);
      return () => void changeListeners.delete(changed);
    },
    async close() {
      clearInterval(poll);
      for (const stop of stops) stop();
      schedule.stop();
      await queue.idle();
    },
  };
}
