import type { ReactNode } from "react";
import type { HomeItem } from "@/contract/home";

/** Twelve columns and fixed rows, as arranged; on a tablet two abreast, on a phone one column, in their order. */
export function HomeGrid(props: { items: HomeItem[]; children: (item: HomeItem) => ReactNode }) {
  return (
    <ul className="grid grid-cols-1 gap-4 md:grid-cols-6 lg:auto-rows-[72px] lg:grid-cols-12">
      {props.items.map((item) => (
        <li
          key={item.id}
          className="min-w-0 md:[grid-column:span_var(--w-md)] lg:[grid-column:var(--x)/span_var(--w)] lg:[grid-row:var(--y)/span_var(--h)]"
          style={placeOf(item)}
        >
          {props.children(item)}
        </li>
      ))}
    </ul>
  );
}

function placeOf({ x, y, w, h }: HomeItem): React.CSSProperties {
  return {
    "--x": x + 1,
    "--y": y + 1,
    "--w": w,
    "--h": h,
    "--w-md": w <= 6 ? 3 : 6,
  } as React.CSSProperties;
}
