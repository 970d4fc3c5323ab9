import { isDeepStrictEqual } from "node:util";
import { type HomeItem, homeItemsInput } from "../../../contract/home.ts";
import { GraftError, isGraftError } from "../../core/index.ts";
import { checkConfig } from "../../supply/manifest/index.ts";
import type { WidgetSource } from "./types.ts";

/** @throws INVALID_INPUT */
export function readItems(input: unknown): HomeItem[] {
  const parsed = homeItemsInput.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new GraftError(
    "INVALID_INPUT",
    `This layout was not accepted: ${[...(issue?.path ?? []), issue?.message].join(" ")}.`,
  );
}

/**
 * Each item's configuration against its widget's schema. One that did not change is not looked at: after an upgrade of
 * the module it must not keep its user from moving things.
 * @throws INVALID_INPUT with `details.item` and `details.fieldErrors`
 */
export async function checkItems(
  items: readonly HomeItem[],
  before: readonly HomeItem[],
  widgets: readonly WidgetSource[],
): Promise<HomeItem[]> {
  const checked: HomeItem[] = [];
  // One after the other: what the first is refused for need not be found in all of them.
  for (const each of items) checked.push(await checkItem(each, before, widgets));
  return checked;
}

async function checkItem(
  each: HomeItem,
  before: readonly HomeItem[],
  widgets: readonly WidgetSource[],
): Promise<HomeItem> {
  const stored = before.find(({ id }) => id === each.id)?.config;
  if (stored !== undefined && isDeepStrictEqual(stored, each.config)) return each;
  const schema = widgets.find(({ target }) => target === each.widget)?.config;
  if (schema === undefined) return { ...each, config: {} };
  try {
    const [module = ""] = each.widget.split("/");
    const subject = { module, file: `the settings schema of ${each.widget} in module.json` };
    return { ...each, config: await checkConfig(schema, { sent: each.config, previous: stored }, subject) };
  } catch (error) {
    if (!isGraftError(error)) throw error;
    const { code, message, hint, retryable, details } = error;
    throw new GraftError(code, message, {
      ...(hint === undefined ? {} : { hint }),
      ...{ retryable, details: { ...details, item: each.id } },
    });
  }
}
