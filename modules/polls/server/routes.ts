import * as handle from "./handlers.ts";

export const routes = {
  "GET /v1/polls": handle.getPolls,
  "POST /v1/polls": handle.createPoll,
  "GET /v1/polls/:id": handle.getPoll,
  "PATCH /v1/polls/:id": handle.patchPoll,
  "DELETE /v1/polls/:id": handle.remove,
  "POST /v1/polls/:id/restore": handle.undoRemove,
  "POST /v1/polls/:id/close": handle.close,
  "POST /v1/polls/:id/reopen": handle.reopen,
  "PUT /v1/polls/:id/vote": handle.vote,
  "DELETE /v1/polls/:id/vote": handle.withdraw,
  "GET /v1/polls/:id/votes": handle.getVotes,
};
