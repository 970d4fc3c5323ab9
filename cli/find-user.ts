import type { Page } from "../contract/page.ts";
import type { UserView } from "../contract/people.ts";
import { usageError } from "./cli-error.ts";
import type { Client } from "./client.ts";
import { query } from "./context.ts";

/** The user who signs in with this address. @throws UsageError */
export async function findUser(api: Client, email: string): Promise<UserView> {
  const { items } = await api.call<Page<UserView>>("GET", `/users${query({ query: email })}`);
  const user = items.find((candidate) => candidate.email.toLowerCase() === email.toLowerCase());
  if (!user) throw usageError(`There is no user ${email}.`, "`graft users` lists everyone.");
  return user;
}
