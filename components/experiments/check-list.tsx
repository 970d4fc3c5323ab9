import { Checkbox } from "@/components/ui/checkbox";

/** Any number of a few things; not shown where there are none. */
export function CheckList(props: {
  legend: string;
  hint: string;
  items: { value: string; label: string }[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}) {
  const { chosen } = props;
  if (props.items.length === 0) return null;
  const toggle = (value: string) =>
    props.onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <fieldset className="grid gap-1.5">
      <legend className="font-medium">{props.legend}</legend>
      <p className="text-xs text-muted-foreground">{props.hint}</p>
      {props.items.map(({ value, label }) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is a button inside
        <label key={value} className="flex w-fit items-center gap-2 py-0.5">
          <Checkbox checked={chosen.includes(value)} onCheckedChange={() => toggle(value)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
