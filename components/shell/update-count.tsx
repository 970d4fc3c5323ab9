/** How many modules can be updated, beside the link to them. */
export function UpdateCount({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="tabular ml-auto rounded-full bg-primary/10 px-1.5 text-xs font-medium text-primary narrow:sr-only">
      {count}
      <span className="sr-only"> available</span>
    </span>
  );
}
