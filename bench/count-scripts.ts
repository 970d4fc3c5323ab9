import type { CDPSession } from "@playwright/test";

const quietMs = 1500;

export interface ScriptCount {
  /** As they travelled, compressed, without the headers of their answers. */
  bytes(): number;
  reset(): void;
  /** When no script has been loaded for a while. A page that follows events never ends all its requests. */
  quiet(): Promise<void>;
}

/** The scripts that a page with an empty cache loads; of `only` alone, where that is given. */
export async function countScripts(cdp: CDPSession, only = ""): Promise<ScriptCount> {
  await cdp.send("Network.enable");
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
  const scripts = new Set<string>();
  let bytes = 0;
  let newest = performance.now();
  cdp.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (type === "Script" && response.url.includes(only)) scripts.add(requestId);
  });
  cdp.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    if (!scripts.has(requestId)) return;
    bytes += encodedDataLength;
    newest = performance.now();
  });
  return {
    bytes: () => bytes,
    reset() {
      bytes = 0;
    },
    async quiet() {
      newest = performance.now();
      while (performance.now() - newest < quietMs) await new Promise((resolve) => setTimeout(resolve, 100));
    },
  };
}
