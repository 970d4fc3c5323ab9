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
    if (value !== undefined) check(route.answer, value, route);
  } else if (value.kind === "graft-reply") {
    check(route.answer, value.body, route);
  } else if (value.kind === "graft-events") {
    return { ...value, events: checkEvents(route, value.events) };
  }
  return value;
}

async function* checkEvents(route: Route, events: AsyncIterable<ServerEvent>): AsyncGenerator<ServerEvent> {
  for await (const sent of events) {
    check(route.events?.[sent.event ?? "message"], sent.data, route, `event ${sent.event ?? "message"}`);
    yield sent;
  }
}

function check(contract: z.ZodType | undefined, value: unknown, { method, path }: Route, what = "answer") {
  const breach = contract === undefined ? "It has none." : findBreach(contract, value);
  if (breach === null) return;
  const text = `The ${what} of ${method} ${path} is not what its contract says. ${breach}`;
  throw new GraftError("INTERNAL", text);
}
