import Link from "next/link";
import type { ReactNode } from "react";
import { hostAddress } from "@/components/frame/routes.ts";
import { texts } from "./texts.ts";

/**
 * A link out of an answer: into the module's own pages (`/posts/1`), or to the web in a tab of its own. A module that has
 * no pages, or a path that would leave them, gives plain text.
 */
export function ViewLink(props: {
  module: string;
  /** Whether the module has pages. */
  pages: boolean;
  link: string | undefined;
  className?: string;
  children: ReactNode;
}) {
  const { link, className, children } = props;
  if (link !== undefined && /^https?:\/\//.test(link) && URL.canParse(link)) {
    return (
      <a href={link} target="_blank" rel="noreferrer nofollow" className={className}>
        {children}
        <span className="sr-only"> {texts.opensInNewTab}</span>
      </a>
    );
  }
  const address =
    link !== undefined && props.pages ? hostAddress(props.module, link, window.location.origin) : null;
  if (address === null) return <span className={className?.replaceAll(/hover:\S+/g, "")}>{children}</span>;
  return (
    <Link href={address} prefetch={false} className={className}>
      {children}
    </Link>
  );
}
