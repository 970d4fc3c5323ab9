import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { House, Users } from "@/components/ui/icons";
import { SearchBox } from "@/components/ui/search-box";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { texts } from "./texts.ts";

interface Holders {
  count: number;
  users: number;
  items: { userId: string; name: string; email: string; text: string }[];
}

/** Who has a module or widget, and why; each with the way to their home. */
export function HolderTable({ title, holders, query }: { title: string; holders: Holders; query: string }) {
  const hidden = holders.count - holders.items.length;
  return (
    <Section
      title={texts.people}
      description={texts.holders(holders.count, holders.users)}
      actions={holders.count > 0 ? <SearchBox label={texts.search} /> : undefined}
    >
      {holders.items.length === 0 ? (
        <EmptyState
          icon={Users}
          title={query === "" ? texts.nobodyHasIt : texts.nobodyMatches}
          className="py-8"
        >
          {query === "" ? texts.nobodyHasItHint : texts.nobodyMatchesHint}
        </EmptyState>
      ) : (
        <Table label={texts.peopleWith(title)}>
          <TableHeader>
            <TableRow>
              <TableHead>{texts.name}</TableHead>
              <TableHead>{texts.why}</TableHead>
              <TableHead>
                <span className="sr-only">{texts.home}</span>
              </TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {holders.items.map(({ userId, name, email, text }) => (
              <TableRow key={userId}>
                <TableCell>
                  <span className="grid min-w-0 text-left">
                    <span className="font-medium">{name}</span>
                    <span className="truncate text-xs text-muted-foreground">{email}</span>
                  </span>
                </TableCell>
                <TableCell label={texts.why} className="text-muted-foreground">
                  {text}
                </TableCell>
                <TableCell>
                  <Button asChild size="sm">
                    <Link href={`/admin/users/${userId}/home`} aria-label={texts.homeOf(name)}>
                      <House aria-hidden />
                      {texts.home}
                    </Link>
                  </Button>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {query === "" && hidden > 0 ? (
        <p className="text-muted-foreground">{texts.moreHolders(hidden)}</p>
      ) : null}
    </Section>
  );
}
