import type { Identity } from "../../people/index.ts";
import { queueEvents } from "./event-queue.ts";
import type { ApiEngine, ServerEvent } from "./types.ts";

/**
 * Tells one viewer's browser that something it shows may have changed; what, it asks for itself, with its own rights.
 * Ends with `signal`, which the API aborts when the viewer's session ends.
 */
export function watchViewer(
  engine: Pick<ApiEngine, "access" | "flags" | "health" | "notifications" | "registry">,
  viewer: { identity: Identity; isHost: boolean },
  signal: AbortSignal,
): AsyncGenerator<ServerEvent> {
  const { identity, isHost } = viewer;
  const { directory } = engine.access;
  const mayOperate = identity.role !== "member";
  return queueEvents<ServerEvent>(signal, (push) => {
    let present: Identity | null = identity;
    const onDirectory = () => {
      if (isHost) return;
      const fresh = directory.identity(identity.userId);
      if (!sameRights(fresh, present)) push({ event: "access", data: {} });
      present = fresh;
    };
    const stops = [
      directory.onChange(onDirectory),
      engine.flags.onChange(() => push({ event: "access", data: {} })),
      engine.registry.onChange(() =>
        push({ event: "registry", data: { generation: engine.registry.generation() } }),
      ),
      engine.notifications.onChange((userIds) => {
        if (userIds === null || userIds.has(identity.userId)) push({ event: "notifications", data: {} });
      }),
      ...(mayOperate
        ? [engine.health.onChange(({ module, state }) => push({ event: "health", data: { module, state } }))]
        : []),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  });
}

function sameRights(a: Identity | null, b: Identity | null): boolean {
  if (a === null || b === null) return a === b;
  return a.role === b.role && a.name === b.name && a.groups.join() === b.groups.join();
}
