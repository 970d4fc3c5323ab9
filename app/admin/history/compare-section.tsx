import { texts } from "@/components/history/texts";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/native-select";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { getEngine } from "@/lib/engine";
import { GenerationDifferenceView } from "./generation-difference";

/** Two generations and how they differ; a form that needs no script, its choice is in the address. */
export async function CompareSection({ pair }: { pair?: { from: string; to: string } }) {
  const { install } = getEngine();
  const { items } = await install.generations.list({ limit: 200 });
  if (items.length < 2) return null;
  const numbers = items.map(({ number }) => number);
  const reasons = new Map(items.map(({ number, reason }) => [number, reason]));
  const chosen = pair ? [Number(pair.from), Number(pair.to)] : [numbers[1], numbers[0]];
  // An old pair keeps its place in the lists, which hold the newest.
  const older = chosen.filter((n) => Number.isInteger(n) && !reasons.has(n ?? 0));
  const options = [...numbers, ...new Set(older)].map((number) => (
    <option key={number} value={number}>
      {number}
      {reasons.has(number ?? 0) && `: ${reasons.get(number ?? 0)}`}
    </option>
  ));
  return (
    <Section title={texts.difference} className="mb-8 max-w-3xl">
      <form
        // Next keeps what was chosen before otherwise, also for another address.
        key={chosen.join(" ")}
        className="grid items-end gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]"
      >
        <Field label={texts.fromGeneration}>
          <NativeSelect name="from" className="w-full" defaultValue={chosen[0]}>
            {options}
          </NativeSelect>
        </Field>
        <Field label={texts.toGeneration}>
          <NativeSelect name="to" className="w-full" defaultValue={chosen[1]}>
            {options}
          </NativeSelect>
        </Field>
        <Button type="submit" variant="outline">
          {texts.compare}
        </Button>
      </form>
      {pair && <Difference from={Number(pair.from)} to={Number(pair.to)} />}
    </Section>
  );
}

async function Difference({ from, to }: { from: number; to: number }) {
  const { access, install } = getEngine();
  try {
    const [difference, groups] = await Promise.all([
      install.generations.difference(from, to),
      access.groups.list(),
    ]);
    return <GenerationDifferenceView difference={difference} groups={groups} />;
  } catch (error) {
    if ((error as { code?: string }).code !== "NOT_FOUND") throw error;
    return (
      <Notice tone="warning" title={texts.noSuchGeneration}>
        {texts.chooseGenerations}
      </Notice>
    );
  }
}
