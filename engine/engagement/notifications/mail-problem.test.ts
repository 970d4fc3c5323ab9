import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Mail } from "./compose-mail.ts";
import { createMailer } from "./create-mailer.ts";
import { mailProblem } from "./mail-problem.ts";
import { receiveMail } from "./testing/receive-mail.ts";

const mail: Mail = { to: { name: "Ada", address: "ada@example.org" }, subject: "a", text: "b", html: "c" };
const problemWith = (url: string) =>
  createMailer(url, "graft@example.org")
    .send(mail)
    .then(() => null, mailProblem);

let post: Awaited<ReturnType<typeof receiveMail>>;
let closing: Server;
const portOf = (server: Server) => (server.address() as { port: number }).port;
beforeAll(async () => {
  post = await receiveMail();
  closing = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => closing.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  closing.close();
  await post.close();
});

test("what the server answered is told as its words, with what to look at", async () => {
  post.state.refusing = true;
  expect(await problemWith(post.url)).toEqual({
    text: "The server answered: 450 Mailbox is taking a rest",
    advice: expect.stringContaining("GRAFT_MAIL_FROM"),
  });
  post.state.refusing = false;
  const signingIn = post.url.replace("//", "//ada:wrong@");
  expect(await problemWith(signingIn)).toMatchObject({ advice: expect.stringContaining("password") });
  expect(JSON.stringify(await problemWith(signingIn))).not.toContain("wrong");
});

test("TLS from the first byte with a server that does not speak it names the address to write", async () => {
  expect(await problemWith(post.url.replace("smtp:", "smtps:"))).toEqual({
    text: "The server does not speak TLS from the first byte.",
    advice: expect.stringContaining("smtp://"),
  });
});

test("a server that is not there, and a name that nobody knows, are told apart", async () => {
  const port = portOf(closing);
  expect((await problemWith(`smtp://127.0.0.1:${port}`))?.text).not.toBe("");
  await new Promise((resolve) => closing.close(resolve));
  expect((await problemWith(`smtp://127.0.0.1:${port}`))?.text).toBe("Nothing takes connections there.");
  expect((await problemWith("smtp://mail.invalid:25"))?.text).toBe(
    "The name of the server is not known here.",
  );
});

test.each([
  [Object.assign(new Error("Greeting never received"), { code: "ETIMEDOUT" }), "did not greet"],
  [Object.assign(new Error("Connection timeout"), { code: "ETIMEDOUT" }), "does not answer"],
  [
    Object.assign(new Error("certificate has expired"), { code: "ESOCKET" }),
    "not accepted: certificate has expired",
  ],
  [new Error(""), "gave no reason"],
  [new Error("a\r\n b"), "a b"],
])("%s is said in words, on one line", (error, words) => {
  expect(mailProblem(error).text).toContain(words);
});
