import { House, Users } from "lucide-react";
import Link from "next/link";
import { SearchBox } from "@/components/people/search-box";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatNumber, plural } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";

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
      title="People"
      description={`${formatNumber(holders.count)} of ${plural(holders.users, "user")} ${holders.count === 1 ? "has" : "have"} it.`}
      actions={holders.count > 0 ? <SearchBox label="Search by name or e-mail" /> : undefined}
    >
      {holders.items.length === 0 ? (
        <EmptyState icon={Users} title={query === "" ? "Nobody has it" : "Nobody matches"} className="py-8">
          {query === "" ? "Give it to everyone, to groups, or by rules." : "Try part of a name."}
        </EmptyState>
      ) : (
        <Table label={`People who have ${title}`}>
          <TableHeader>
            <TableRow>
              <TableHead>Name</TableHead>
              <TableHead>Why</TableHead>
              <TableHead>
                <span className="sr-only">Home</span>
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
                <TableCell label="Why" className="text-muted-foreground">
                  {text}
                </TableCell>
                <TableCell>
                  <Button asChild size="sm">
                    <Link href={`/admin/users/${userId}/home`} aria-label={`Home of ${name}`}>
                      <House aria-hidden />
                      Home
                    </Link>
                  </Button>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {query === "" && hidden > 0 ? (
        <p className="text-muted-foreground">And {formatNumber(hidden)} more; search to find them.</p>
      ) : null}
    </Section>
  );
}
