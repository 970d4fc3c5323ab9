import { OpenFeature, type Provider, ProviderEvents } from "@openfeature/web-sdk";
import { afterEach, expect, it } from "vitest";
import { createFlagProvider } from "./flag-provider.ts";

function frame(first: Record<string, unknown>) {
  let flags = first;
  const listeners = new Set<(flags: Record<string, unknown>) => void>();
  return {
    flag: <T>(name: string) => flags[name] as T,
    get flags() {
      return flags;
    },
    onFlags(listener: (flags: Record<string, unknown>) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    set(next: Record<string, unknown>) {
      flags = next;
      for (const listener of listeners) listener(next);
    },
    listeners,
  };
}
afterEach(() => OpenFeature.close());

it("OpenFeature's web client answers from the frame's flags", async () => {
  const graft = frame({ beta: true, tone: "calm", limits: { max: 3 } });
  await OpenFeature.setProviderAndWait(createFlagProvider(graft) satisfies Provider);
  const client = OpenFeature.getClient();
  expect(client.getBooleanValue("beta", false)).toBe(true);
  expect(client.getStringValue("tone", "loud")).toBe("calm");
  expect(client.getObjectValue("limits", {})).toEqual({ max: 3 });
  expect(client.getNumberDetails("tone", 1)).toMatchObject({ value: 1, errorCode: "TYPE_MISMATCH" });
  expect(client.getBooleanDetails("gone", true)).toMatchObject({ value: true, errorCode: "FLAG_NOT_FOUND" });
});

it("it is told which flags changed while the frame is open, and of nothing else", async () => {
  const graft = frame({ beta: false, tone: "calm" });
  await OpenFeature.setProviderAndWait(createFlagProvider(graft));
  const client = OpenFeature.getClient();
  const changes: (string[] | undefined)[] = [];
  client.addHandler(
    ProviderEvents.ConfigurationChanged,
    (details) => void changes.push(details?.flagsChanged),
  );
  graft.set({ beta: true, tone: "calm" });
  graft.set({ beta: true, tone: "calm" });
  expect(changes).toEqual([["beta"]]);
  expect(client.getBooleanValue("beta", false)).toBe(true);
  await OpenFeature.close();
  expect(graft.listeners.size).toBe(0);
});
