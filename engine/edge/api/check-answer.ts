import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { GraftError } from "../../core/index.ts";
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

function check(schema: z.ZodType | undefined, value: unknown, { method, path }: Route, what = "answer") {
  const fail = (why: string) => {
    throw new GraftError(
      "INTERNAL",
      `The ${what} of ${method} ${path} is not what its contract says. ${why}`,
    );
  };
  if (schema === undefined) return fail("It has none.");
  const sent: unknown = JSON.parse(JSON.stringify(value));
  const parsed = schema.safeParse(sent);
  if (!parsed.success) return fail(z.prettifyError(parsed.error));
  // zod leaves out what a schema does not name.
  const unnamed = differences(sent, parsed.data);
  if (unnamed.length > 0) fail(`It says nothing of ${unnamed.join(", ")}.`);
}

function differences(sent: unknown, named: unknown, at = "answer"): string[] {
  if (isDeepStrictEqual(sent, named)) return [];
  if (!isObject(sent) || !isObject(named)) return [at];
  const keys = new Set([...Object.keys(sent), ...Object.keys(named)]);
  return [...keys].flatMap((key) => differences(sent[key], named[key], `${at}.${key}`));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
