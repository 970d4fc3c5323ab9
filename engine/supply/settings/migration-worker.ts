import { createContext, Script, constants as vm } from "node:vm";
import { parentPort } from "node:worker_threads";

interface Task {
  code: string;
  /** JSON */
  values: string;
  versions: string;
}

parentPort?.on("message", (task: Task) => parentPort?.postMessage(run(task)));
parentPort?.postMessage("ready");

/**
 * Only texts go into the realm and come out of it: an object of this one would be a way to its `Function`, and so to all
 * of Node. The realm cannot make code from texts.
 */
function run({ code, values, versions }: Task): { values: string } | { error: string } {
  const realm = createContext(vm.DONT_CONTEXTIFY, { codeGeneration: { strings: false, wasm: false } });
  // Strict: a stack that the code looks at then shows no object of whoever called.
  const script = `"use strict";
${code}
;(() => {
  const text = (value) => (typeof value === "string" ? value : "no reason was given");
  try {
    const migrate = migration.default;
    if (typeof migrate !== "function") return "1it has no default export that is a function";
    const migrated = migrate(JSON.parse(${JSON.stringify(values)}), JSON.parse(${JSON.stringify(versions)}));
    if (migrated && typeof migrated.then === "function") return "1it must not be asynchronous";
    const json = JSON.stringify(migrated);
    return typeof json === "string" ? "0" + json : "1it must return the settings";
  } catch (error) {
    try {
      return "1" + text(error === null || error === undefined ? error : error.message);
    } catch {
      return "1" + text();
    }
  }
})()`;
  let answer: unknown;
  try {
    answer = new Script(script, { filename: "settings/migrate.ts" }).runInContext(realm);
  } catch {
    return { error: "it throws when it is read; it may not import anything" };
  }
  if (typeof answer !== "string") return { error: "it must return the settings" };
  return answer.startsWith("0") ? { values: answer.slice(1) } : { error: answer.slice(1, 500) };
}
