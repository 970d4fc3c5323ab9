import Link from "next/link";
import { Button } from "./button";

/** On to older entries by cursor, and back to the newest. */
export function Pager({ href, next, first }: { href: string; next: string | null; first: boolean }) {
  if (first && next === null) return null;
  return (
    <nav aria-label="Pages" className="mt-6 flex justify-center gap-2">
      {!first && (
        <Button asChild>
          <Link href={href}>Newest</Link>
        </Button>
      )}
      {next !== null && (
        <Button asChild>
          <Link href={`${href}?cursor=${encodeURIComponent(next)}`}>Older</Link>
        </Button>
      )}
    </nav>
  );
}
