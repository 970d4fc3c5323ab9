import type { z } from "zod";
import { GraftError } from "../../core/index.ts";
import { findBreach } from "./find-breach.ts";
import { isAnswer } from "./send-answer.ts";
import type { Route, ServerEvent } from "./types.ts";

/**
 * What a handler returned, held against what its row says: nothing wrong, nothing missing, nothing that goes unsaid.
 * For tests; a host that serves people trusts its types.
 * @throws INTERNAL naming the call and each field
 */
export function checkAnswer(route: Route, value: unknown): unknown {
  if (!isAnswer(value)) {
    if (value !== undefined) check(route, { contract: route.answer, value });
  } else if (value.kind === "graft-reply") {
    check(route, { contract: route.answer, value: value.body });
  } else if (value.kind === "graft-events") {
    return { ...value, events: checkEvents(route, value.events) };
  }
  return value;
}

async function* checkEvents(route: Route, events: AsyncIterable<ServerEvent>): AsyncGenerator<ServerEvent> {
  for await (const sent of events) {
    const { event = "message", data: value } = sent;
    check(route, { contract: route.events?.[event], value, what: `event ${event}` });
    yield sent;
  }
}

function check(
  { method, path }: Route,
  { contract, value, what = "answer" }: { contract: z.ZodType | undefined; value: unknown; what?: string },
): void {
  const breach = contract === undefined ? "It has none." : findBreach(contract, value);
  if (breach === null) return;
  const text = `The ${what} of ${method} ${path} is not what its contract says. ${breach}`;
  throw new GraftError("INTERNAL", text);
}
