import {
  type NewNotificationInput,
  newNotificationInput,
  retractionInput,
} from "../../../contract/notifications.ts";
import { parseInput } from "../../core/index.ts";

const hint = "docs/modules.md describes what a notification holds.";

/** @throws INVALID_INPUT with `details.fieldErrors` */
export function readNotification(input: unknown): NewNotificationInput {
  return parseInput(newNotificationInput, input, { what: "notification", hint });
}

/** @throws INVALID_INPUT */
export function readRetraction(input: unknown): { key: string; users: string[] | null } {
  const { key: given, users = null } = parseInput(retractionInput, input, { what: "body", hint });
  return { key: given, users };
}
