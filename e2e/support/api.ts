import type { RunningGraft } from "./start-graft.ts";

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails where it is not there
  body: any;
}

export interface Api {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Plans and applies; resolves with the operation once it has ended, whichever way. */
  apply(changes: unknown[], confirm?: string[]): Promise<Answer["body"]>;
  install(module: string, access?: unknown): Promise<Answer["body"]>;
}

/** The HTTP API; `path` is below `/api/v1/graft`, or whole when it starts with `/api/`. */
export function createApi(graft: Pick<RunningGraft, "url">, token: string): Api {
  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const address = graft.url + (path.startsWith("/api/") ? path : `/api/v1/graft${path}`);
    const response = await fetch(address, {
      method,
      redirect: "manual",
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get("content-type")?.includes("json") ?? false;
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  }

  async function apply(changes: unknown[], confirm?: string[]) {
    const plan = expectOk(await call("POST", "/plans", { changes }));
    const started = expectOk(
      await call("POST", "/operations", { plan: plan.id, ...(confirm && { confirm }) }),
    );
    for (;;) {
      const operation = expectOk(await call("GET", `/operations/${started.id}`));
      if (["succeeded", "reverted", "failed"].includes(operation.status)) return operation;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  return {
    call,
    apply,
    async install(module, access) {
      const operation = await apply([{ action: "install", module, ...(access ? { access } : {}) }]);
      if (operation.status !== "succeeded") throw new Error(`${module}: ${JSON.stringify(operation.error)}`);
      return operation;
    },
  };
}

export function expectOk(answer: Answer): Answer["body"] {
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}
