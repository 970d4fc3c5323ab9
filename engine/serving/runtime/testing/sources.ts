/** Sources of small modules for tests. */

/** Answers every request with what `handler` returns, a JSON value; `before` runs first. */
export const serving = (handler = "({ ok: true })", before = "") => `
import http from "node:http";
${before}
http.createServer(async (req, res) => {
  try {
    res.setHeader("content-type", "application/json");
    res.end(JSON.stringify(await (${handler}) ?? null));
  } catch (error) {
    res.end(JSON.stringify({ code: error.code, message: error.message }));
  }
}).listen(process.env.GRAFT_SOCKET);
`;
