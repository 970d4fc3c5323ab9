import type { Identity } from "../../people/index.ts";

/** The operator on the host's own machine (`.graft/host.json`): an administrator who is no user. */
export const hostIdentity: Identity = {
  userId: "00000000-0000-0000-0000-000000000000",
  name: "host",
  email: "",
  role: "administrator",
  groups: [],
  enabled: true,
  sessionEpoch: 0,
  locale: null,
  timeZone: null,
};
