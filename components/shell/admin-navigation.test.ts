import { expect, test } from "vitest";
import { adminGroupsFor, overviewLink } from "./admin-navigation";
import { navigationTexts } from "./navigation-texts";
import { rankEntries } from "./rank-entries";

const links = [overviewLink, ...adminGroupsFor({ people: true }).flatMap((group) => group.links)];

test.each([
  ["mail", "E-mail"],
  ["e-mail", "E-mail"],
  ["smtp", "E-mail"],
  ["undo", "History"],
  ["rollback", "History"],
  ["roll back", "History"],
  ["generations", "History"],
  ["people", "Users"],
  ["accounts", "Users"],
  ["invite", "Users"],
  ["teams", "Groups"],
  ["store", "Marketplace"],
  ["catalog", "Marketplace"],
  ["browse", "Marketplace"],
  ["uninstall", "Installed"],
  ["modules", "Installed"],
  ["upgrade", "Upgrades"],
  ["update", "Upgrades"],
  ["backup", "Data"],
  ["export", "Data"],
  ["kill switch", "Flags"],
  ["feature toggle", "Flags"],
  ["a/b test", "Experiments"],
  ["ab test", "Experiments"],
  ["log trail", "Audit"],
  ["uptime", "Health"],
  ["dashboard", "Overview"],
])("%s finds %s first", (search, label) => {
  const entries = links.map((link) => link.text);
  expect(rankEntries(entries, search)[0]?.label).toBe(label);
});

test("operators see no page that is for administrators, and no empty group", () => {
  const groups = adminGroupsFor({ people: false });
  expect(groups.flatMap((group) => group.links).filter((link) => link.people)).toEqual([]);
  expect(groups.map((group) => group.id)).toEqual(["modules", "changes", "insight"]);
});

test("every described page stands in the navigation once", () => {
  const described = Object.values(navigationTexts.pages).map((page) => page.label);
  expect(links.map((link) => link.text.label).sort()).toEqual([...described].sort());
  expect(new Set(links.map((link) => link.href)).size).toBe(links.length);
});
