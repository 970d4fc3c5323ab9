import type { Graft } from "@graft/sdk/client";

export interface Poll {
  id: string;
  question: string;
  multiple: boolean;
  anonymous: boolean;
  closesAt: string | null;
  closedAt: string | null;
  createdAt: string;
  open: boolean;
  voters: number;
  chosen: string[];
  author: { id: string; name: string };
  mayManage: boolean;
  /** `votes` is null until the user may see results. */
  options: { id: string; label: string; votes: number | null }[];
}

export interface PollList {
  items: Poll[];
  mayAsk: boolean;
}

export interface NewPoll {
  question: string;
  options: string[];
  multiple: boolean;
  anonymous: boolean;
  closesAt: string | null;
}

export interface BallotView {
  userId: string;
  name: string;
  votedAt: string;
  options: string[];
}

export type Api = ReturnType<typeof createApi>;

/** The polls API; every call throws an Error with the problem's own words. */
export function createApi(graft: Graft) {
  const one = (id: string, rest = "") => `/v1/polls/${encodeURIComponent(id)}${rest}`;
  return {
    list: (state: "open" | "closed") => graft.json<PollList>(`/v1/polls?state=${state}`),
    create: (poll: NewPoll) => graft.json<Poll>("/v1/polls", { method: "POST", body: { ...poll } }),
    vote: (id: string, options: string[]) =>
      options.length === 0
        ? graft.json<Poll>(one(id, "/vote"), { method: "DELETE" })
        : graft.json<Poll>(one(id, "/vote"), { method: "PUT", body: { options } }),
    close: (id: string) => graft.json<Poll>(one(id, "/close"), { method: "POST" }),
    reopen: (id: string) => graft.json<Poll>(one(id, "/reopen"), { method: "POST" }),
    remove: (id: string) => graft.json<void>(one(id), { method: "DELETE" }),
    restore: (id: string) => graft.json<Poll>(one(id, "/restore"), { method: "POST" }),
    votes: (id: string) => graft.json<{ items: BallotView[] }>(one(id, "/votes")),
  };
}
