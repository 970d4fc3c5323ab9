import type { FetchRequest, FrameMessage, MessageId, ToastKind } from "@/sdk/client/messages";

const longestText = 500;

export function isHello(data: unknown): boolean {
  return isRecord(data) && data.graft === "hello" && data.v === 1;
}

/** Whatever a frame says is untrusted: null for what is not a well-formed message; texts are cut, numbers made finite. */
export function readFrameMessage(data: unknown): FrameMessage | null {
  if (!isRecord(data)) return null;
  switch (data.type) {
    case "fetch":
      return readFetch(data);
    case "abort":
    case "pong":
      return isId(data.id) ? { type: data.type, id: data.id } : null;
    case "resize":
      return isFiniteNumber(data.height) && data.height >= 0
        ? { type: "resize", height: Math.ceil(data.height) }
        : null;
    case "navigate":
      return typeof data.path === "string"
        ? { type: "navigate", path: data.path, replace: data.replace === true }
        : null;
    case "title":
      return typeof data.title === "string" ? { type: "title", title: oneLine(data.title, 120) } : null;
    case "toast":
      return typeof data.message === "string" && data.message.trim() !== ""
        ? { type: "toast", kind: readKind(data.kind), message: oneLine(data.message, longestText) }
        : null;
    case "badge":
      return isFiniteNumber(data.count)
        ? { type: "badge", count: Math.min(9999, Math.max(0, Math.floor(data.count))) }
        : null;
    case "open":
      return isWebAddress(data.url) ? { type: "open", url: data.url } : null;
    case "used":
      return isName(data.flag) && data.value !== undefined
        ? { type: "used", flag: data.flag, value: data.value }
        : null;
    case "goal":
      return readGoal(data);
    case "palette":
    case "ready":
      return { type: data.type };
    case "error":
      return { type: "error", message: oneLine(String(data.message ?? ""), longestText) };
    default:
      return null;
  }
}

function readFetch(data: Record<string, unknown>): FetchRequest | null {
  if (!isId(data.id) || typeof data.path !== "string") return null;
  const headers: Record<string, string> = {};
  if (isRecord(data.headers)) {
    for (const [name, value] of Object.entries(data.headers)) {
      if (typeof value === "string") headers[name.toLowerCase()] = value;
    }
  }
  const body = data.body ?? null;
  if (body !== null && typeof body !== "string" && !(body instanceof ArrayBuffer)) return null;
  const method = typeof data.method === "string" ? data.method.toUpperCase() : "GET";
  return { type: "fetch", id: data.id, path: data.path, method, headers, body };
}

function readGoal({ goal, value, key }: Record<string, unknown>): FrameMessage | null {
  if (!isName(goal) || (value !== undefined && !isFiniteNumber(value)) || (key !== undefined && !isName(key)))
    return null;
  return {
    type: "goal",
    goal,
    ...(value === undefined ? {} : { value }),
    ...(key === undefined ? {} : { key }),
  };
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= 100;
}

function readKind(kind: unknown): ToastKind {
  return kind === "success" || kind === "error" ? kind : "info";
}

function oneLine(text: string, longest: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isWebAddress(value: unknown): value is string {
  return (
    typeof value === "string" &&
    value.length <= 2000 &&
    URL.canParse(value) &&
    /^https?:$/.test(new URL(value).protocol)
  );
}

function isId(value: unknown): value is MessageId {
  return isFiniteNumber(value) || (typeof value === "string" && value.length <= 100);
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
