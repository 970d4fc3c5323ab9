import { type Browser, expect, type Page } from "@playwright/test";
import { createApi, expectOk } from "./api.ts";
import type { RunningGraft } from "./start-graft.ts";

export interface Person {
  name: string;
  email: string;
  password: string;
}

export const administrator: Person = {
  name: "Ada Lindqvist",
  email: "ada@example.org",
  password: "copper-lantern-seventeen-fjords",
};

/** Makes the first administrator without the browser. */
export const administratorEnv = {
  GRAFT_ADMIN_EMAIL: administrator.email,
  GRAFT_ADMIN_PASSWORD: administrator.password,
};

/** Invites somebody and takes the invitation up, through the HTTP API. */
export async function createPerson(
  graft: RunningGraft,
  person: { name: string; role?: string; groups?: string[] },
): Promise<Person & { id: string }> {
  const api = createApi(graft, graft.hostToken);
  const email = `${person.name.toLowerCase().replaceAll(/\W+/g, ".")}@example.org`;
  const password = `granite-${person.name.length}-orchard-whistle`;
  const { user, secret } = expectOk(await api.call("POST", "/users", { role: "member", ...person, email }));
  expectOk(await createApi(graft, "").call("POST", `/invites/${secret}`, { password }));
  return { id: user.id, name: person.name, email, password };
}

export async function createGroup(graft: RunningGraft, name: string): Promise<string> {
  return expectOk(await createApi(graft, graft.hostToken).call("POST", "/groups", { name })).key;
}

/** Fills in the sign-in page and waits until it has been left. */
export async function signIn(page: Page, graft: RunningGraft, person: Person, to = "/"): Promise<void> {
  await page.goto(`${graft.url}/sign-in?next=${encodeURIComponent(to)}`);
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).not.toHaveURL(/\/sign-in/);
}

/** A page in a browser context of its own, signed in as the sign-in page would, without drawing that. */
export async function openAs(browser: Browser, graft: RunningGraft, person: Person, to = "/"): Promise<Page> {
  const context = await browser.newContext();
  const { request } = context;
  const { csrfToken } = await (await request.get(`${graft.url}/api/auth/csrf`)).json();
  const { email, password } = person;
  const answer = await request.post(`${graft.url}/api/auth/callback/credentials`, {
    form: { csrfToken, email, password, json: "true" },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  const page = await context.newPage();
  await page.goto(graft.url + to);
  return page;
}

/** The Cookie header of a page's session, to call the server as that browser would. */
export async function cookieOf(page: Page): Promise<string> {
  const cookies = await page.context().cookies();
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}
