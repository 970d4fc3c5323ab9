import { type App, useGraft } from "@graft/sdk/preact";
import { useMemo } from "preact/hooks";
import { type Api, createApi } from "./api.ts";

export function useApp(): App & { api: Api } {
  const app = useGraft();
  const api = useMemo(() => createApi(app.graft), [app.graft]);
  return { ...app, api };
}
