import type { ReactNode } from "react";

/** A list for each module that has something in it; named where there are several. */
export function ByModule<T extends { module: string }>(props: {
  items: T[];
  titles: Map<string, string>;
  children: (item: T) => ReactNode;
}) {
  const modules = [...new Set(props.items.map((item) => item.module))];
  return (
    <div className="grid gap-5">
      {modules.map((module) => (
        <div key={module} className="grid gap-2">
          {modules.length > 1 && <h3 className="font-medium">{props.titles.get(module) ?? module}</h3>}
          <ul className="grid gap-1.5">
            {props.items.filter((item) => item.module === module).map(props.children)}
          </ul>
        </div>
      ))}
    </div>
  );
}
