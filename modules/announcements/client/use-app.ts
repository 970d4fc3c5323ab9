import { type App, useGraft } from "@graft/sdk/preact";
import { useMemo } from "preact/hooks";
import { createApi } from "./api.ts";

export function useApp(): App & { api: ReturnType<typeof createApi> } {
  const app = useGraft();
  const api = useMemo(() => createApi(app.graft), [app.graft]);
  return { ...app, api };
}
