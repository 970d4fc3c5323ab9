import { Checkbox } from "@/components/ui/checkbox";
import { formatNumber } from "@/components/ui/format";
import { CircleExclamationPoint } from "@/components/ui/icons";
import { Input } from "@/components/ui/input";
import type { SplitRow } from "./draft.ts";
import { texts } from "./texts.ts";

/** Which variants take part, in which shares, and which of them is the control: the first row that is in. */
export function SplitFields(props: {
  rows: SplitRow[];
  onChange: (rows: SplitRow[]) => void;
  error: string | undefined;
}) {
  const { rows } = props;
  const total = rows.reduce((sum, row) => sum + (row.included ? row.weight : 0), 0);
  const control = rows.find(({ included }) => included)?.variant ?? "";
  const set = (i: number, part: Partial<SplitRow>) =>
    props.onChange(rows.with(i, { ...(rows[i] as SplitRow), ...part }));
  function makeControl(variant: string) {
    const chosen = rows.filter((row) => row.variant === variant).map((row) => ({ ...row, included: true }));
    props.onChange([...chosen, ...rows.filter((row) => row.variant !== variant)]);
  }
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 font-medium">{texts.variants}</legend>
      <div className="grid">
        {rows.map((row, i) => (
          <div key={row.variant} className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b py-1.5">
            <Checkbox
              aria-label={texts.takesPart(row.variant)}
              checked={row.included}
              onCheckedChange={(checked) => set(i, { included: checked === true })}
            />
            <span className="min-w-24 flex-1 font-mono text-xs break-all">{row.variant}</span>
            <Input
              type="number"
              min={1}
              max={1000}
              aria-label={texts.weightOf(row.variant)}
              className="w-20"
              disabled={!row.included}
              value={row.weight}
              onChange={(event) => set(i, { weight: Math.max(0, Math.floor(Number(event.target.value))) })}
            />
            <span className="w-14 text-right text-muted-foreground tabular-nums">
              {row.included && total > 0
                ? `${formatNumber((row.weight / total) * 100, { maximumFractionDigits: 1 })} %`
                : "–"}
            </span>
            <label className="flex items-center gap-1.5 py-1">
              <input
                type="radio"
                name="control"
                className="size-4 accent-primary"
                checked={row.variant === control}
                onChange={() => makeControl(row.variant)}
              />
              {texts.isControl(row.variant, (text) => (
                <span className="sr-only">{text}</span>
              ))}
            </label>
          </div>
        ))}
      </div>
      <p className="text-xs text-muted-foreground">{texts.controlExplained}</p>
      {props.error === undefined ? null : (
        <p role="alert" className="flex items-center gap-1 text-xs text-danger">
          <CircleExclamationPoint aria-hidden className="size-3.5 shrink-0" />
          {props.error}
        </p>
      )}
    </fieldset>
  );
}
