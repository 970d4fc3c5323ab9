import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface ServerAction {
  id: string;
  name: string;
  /** `components/plan/actions.ts` */
  file: string;
  /** An address whose page has it. */
  path: string;
}

/** Every server action of the built pages, from the list that Next itself dispatches by. */
export function listServerActions(): ServerAction[] {
  const file = join(import.meta.dirname, "../../.next/server/server-reference-manifest.json");
  const { node } = JSON.parse(readFileSync(file, "utf8")) as {
    node: Record<string, { workers: Record<string, unknown>; filename: string; exportedName: string }>;
  };
  return Object.entries(node).map(([id, { workers, filename, exportedName }]) => ({
    id,
    name: exportedName,
    file: filename,
    path: pathOf(Object.keys(workers)[0] ?? ""),
  }));
}

/** `app/(user)/m/[module]/[[...path]]/page` → `/m/x`. */
function pathOf(worker: string): string {
  const segments = worker.split("/").slice(1, -1);
  const shown = segments.filter((segment) => !segment.startsWith("(") && !segment.startsWith("[["));
  return `/${shown.map((segment) => (segment.startsWith("[") ? "x" : segment)).join("/")}`;
}

/** Calls an action as the browser does; `body` is its list of arguments as JSON. */
export async function callServerAction(
  url: string,
  action: Pick<ServerAction, "id" | "path">,
  options: { cookie?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; text: string }> {
  const response = await fetch(url + action.path, {
    method: "POST",
    redirect: "manual",
    headers: {
      accept: "text/x-component",
      "content-type": "text/plain;charset=UTF-8",
      "next-action": action.id,
      origin: url,
      "sec-fetch-site": "same-origin",
      ...(options.cookie === undefined ? {} : { cookie: options.cookie }),
      ...options.headers,
    },
    body: options.body ?? "[{}]",
  });
  return { status: response.status, text: await response.text() };
}
