import { expect, type Page, test } from "@playwright/test";
import { expectOk } from "./support/api.ts";
import { administrator, createPerson, openAs, type Person } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";

let mia: Person & { id: string };
let experiment = "";
let post = "";
let poll: { id: string; options: { id: string }[] };
let member: Page;

const host = serveGraft({
  async prepare({ graft, api }) {
    for (const module of ["announcements", "polls"]) await api.install(module, { mode: "everyone" });
    const text = { title: "The canteen opens", body: "With soup." };
    post = expectOk(await api.call("POST", "/api/v1/announcements/posts", text)).id;
    const question = { question: "Soup or salad?", options: ["Soup", "Salad"] };
    poll = expectOk(await api.call("POST", "/api/v1/polls/polls", question));
    mia = await createPerson(graft, { name: "Mia Berg" });
    const flag = { state: "ENABLED", variants: { on: true, off: false }, defaultVariant: "off" };
    expectOk(await api.call("PUT", "/flags/warm-home", flag));
    const design = {
      title: "A warmer home",
      flagKey: "warm-home",
      variants: ["off", "on"].map((variant) => ({ variant, weight: 1 })),
      goals: [
        { module: "announcements", goal: "read" },
        { module: "announcements", goal: "reads" },
        { module: "polls", goal: "voted" },
      ],
    };
    experiment = expectOk(await api.call("POST", "/experiments", design)).id;
    expectOk(await api.call("POST", `/experiments/${experiment}/start`));
    const evaluated = await fetch(`${graft.url}/ofrep/v1/evaluate/flags/warm-home`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${graft.hostToken}` },
      body: JSON.stringify({ context: { targetingKey: mia.id } }),
    });
    expect(evaluated.status).toBe(200);
  },
});
test.beforeAll(async ({ browser }) => {
  member = await openAs(browser, host.graft, mia);
});

/** As a module's own page calls its API: with the session of who is signed in. */
const put = (path: string, body?: unknown) =>
  member.evaluate(
    async ([url, json]) => {
      const headers = { "content-type": "application/json" };
      return (await fetch(url as string, { method: "PUT", headers, body: json ?? null })).status;
    },
    [`/api/v1/${path}`, JSON.stringify(body ?? {})],
  );
/** What was reached, of all users in both variants. */
async function reached() {
  const { goals } = expectOk(await host.api.call("GET", `/experiments/${experiment}/results`));
  return Object.fromEntries(
    goals.map(({ goal, variants }: { goal: string; variants: { users: number; mean: number }[] }) => [
      goal,
      variants.reduce((sum, { users, mean }) => sum + users * mean, 0),
    ]),
  );
}

test("an announcement that is read and a vote that is given arrive in the experiment, once", async () => {
  expect(await reached()).toEqual({ read: 0, reads: 0, voted: 0 });
  expect(await put(`announcements/posts/${post}/read`)).toBe(200);
  expect(await put(`announcements/posts/${post}/read`)).toBe(200);
  await expect.poll(reached).toEqual({ read: 1, reads: 1, voted: 0 });
  expect(await put(`polls/polls/${poll.id}/vote`, { options: [poll.options[0]?.id] })).toBe(200);
  expect(await put(`polls/polls/${poll.id}/vote`, { options: [poll.options[1]?.id] })).toBe(200);
  await expect.poll(reached).toEqual({ read: 1, reads: 1, voted: 1 });
});

test("the experiment's page shows them beside each other", async ({ browser }) => {
  const admin = await openAs(browser, host.graft, administrator, `/admin/experiments/${experiment}`);
  for (const title of ["Read an announcement", "Voted in a poll"])
    await expect(admin.getByRole("table", { name: title })).toContainText("100 %");
});
