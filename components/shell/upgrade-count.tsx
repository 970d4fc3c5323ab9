import { formatNumber } from "@/components/ui/format";
import { texts } from "./texts";

/** How many modules can be upgraded, beside the link to them. */
export function UpgradeCount({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="tabular ml-auto rounded-full bg-primary/10 px-1.5 text-xs font-medium text-primary narrow:sr-only">
      <span aria-hidden>{formatNumber(count)}</span>
      <span className="sr-only">{texts.upgradesAvailable(count)}</span>
    </span>
  );
}
