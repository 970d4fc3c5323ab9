import { type IncomingMessage, request } from "node:http";

export interface ProbeOutcome {
  ok: boolean;
  latencyMs: number;
  /** Why not: `answered 503 on /healthz: database is away`. Null when ok. */
  message: string | null;
}

const maxBodyBytes = 64_000;

/**
 * One GET over the module's socket, never rejecting. On a connection of its own: a probe must also show that the
 * module still accepts, and on a Unix socket that costs about 0.1 ms.
 */
export function probeModule(socketPath: string, path: string, timeoutMs: number): Promise<ProbeOutcome> {
  return new Promise((resolve) => {
    const begin = performance.now();
    const settle = (message: string | null) => {
      clearTimeout(timer);
      resolve({ ok: message === null, latencyMs: performance.now() - begin, message });
    };
    const asked = request({
      socketPath,
      path,
      agent: false,
      headers: { accept: "application/json", host: "graft", connection: "close" },
    });
    const timer = setTimeout(() => {
      settle(`did not answer ${path} within ${timeoutMs} ms`);
      asked.destroy();
    }, timeoutMs);
    asked.once("response", (response) => {
      readBody(response).then(
        (body) =>
          settle(
            judgeAnswer(path, {
              status: response.statusCode ?? 0,
              type: response.headers["content-type"],
              body,
            }),
          ),
        (error: Error) => settle(`broke off its answer to ${path}: ${error.message}`),
      );
    });
    asked.on("error", (error: NodeJS.ErrnoException) =>
      settle(`did not answer ${path}: ${error.code ?? error.message}`),
    );
    asked.end();
  });
}

async function readBody(response: IncomingMessage): Promise<string> {
  let body = "";
  response.setEncoding("utf8");
  for await (const chunk of response) {
    body += chunk;
    if (body.length > maxBodyBytes) throw new Error(`it is longer than ${maxBodyBytes / 1000} KB`);
  }
  return body;
}

/** Null for a healthy answer, else what is wrong with it. */
export function judgeAnswer(
  path: string,
  { status, type: contentType, body }: { status: number; type: string | undefined; body: string },
): string | null {
  if (status !== 200 && status !== 204) return `answered ${status} on ${path}${reasonIn(body)}`;
  const type = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "text/html" || /^\s*<(!doctype|html)/i.test(body)) {
    return `answered ${path} with an HTML page instead of JSON`;
  }
  if (!/[/+]json$/.test(type)) return null;
  try {
    JSON.parse(body);
    return null;
  } catch {
    return `answered ${path} with JSON that cannot be parsed`;
  }
}

/** The first words of the answer: a problem's detail, a message, or plain text. */
function reasonIn(body: string): string {
  let text = body;
  try {
    const { detail, message, error } = JSON.parse(body) as Record<string, unknown>;
    text = [detail, message, error].find((each) => typeof each === "string") ?? body;
  } catch {
    if (/^\s*</.test(body)) return "";
  }
  const short = text.trim().replace(/\s+/g, " ").slice(0, 200);
  return short === "" ? "" : `: ${short}`;
}
