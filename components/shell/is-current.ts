/** Whether `pathname` lies at or below `href`; the overview only matches itself. */
export function isCurrent(pathname: string, href: string): boolean {
  if (href === "/" || href === "/admin") return pathname === href;
  return pathname === href || pathname.startsWith(`${href}/`);
}
