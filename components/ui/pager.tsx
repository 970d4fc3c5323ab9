import Link from "next/link";
import { Button } from "./button";
import { texts } from "./texts";

/** On to older entries by cursor, and back to the newest. */
export function Pager({ href, next, first }: { href: string; next: string | null; first: boolean }) {
  if (first && next === null) return null;
  return (
    <nav aria-label={texts.pages} className="mt-6 flex justify-center gap-2">
      {!first && (
        <Button asChild>
          <Link href={href}>{texts.newest}</Link>
        </Button>
      )}
      {next !== null && (
        <Button asChild>
          <Link href={`${href}?cursor=${encodeURIComponent(next)}`}>{texts.older}</Link>
        </Button>
      )}
    </nav>
  );
}
