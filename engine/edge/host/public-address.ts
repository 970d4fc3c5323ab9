/** Where people reach this host, as links in mails name it: GRAFT_URL, else where it is served. */
export interface PublicAddress {
  /** Without a slash at its end; empty before it is served. */
  url(): string;
  servedAt(url: string): void;
}

export function createPublicAddress(publicUrl: string | undefined): PublicAddress {
  let known = publicUrl ?? "";
  return {
    url: () => known.replace(/\/$/, ""),
    servedAt(url) {
      known ||= url;
    },
  };
}
