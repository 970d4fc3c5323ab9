"use client";

import { NativeSelect } from "@/components/ui/native-select";
import { Chip, type ConditionProps, type FlagChoice, NotSelect, withNot } from "./condition-parts.tsx";
import { texts } from "./texts.ts";

/** Another flag that must give one of these variants, or none of them. */
export function FlagCondition(props: ConditionProps<"flag"> & { flags: FlagChoice[] }) {
  const { value, onChange, flags } = props;
  const variants = flags.find(({ key }) => key === value.flag)?.variants ?? value.variants;
  const free = variants.filter((variant) => !value.variants.includes(variant));
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span>{texts.flag}</span>
      <NativeSelect
        aria-label={texts.requiredFlag}
        className="w-48"
        value={value.flag}
        onChange={(event) => {
          const flag = flags.find(({ key }) => key === event.target.value);
          onChange({ ...value, flag: event.target.value, variants: flag?.variants.slice(0, 1) ?? [] });
        }}
      >
        <option value="" disabled>
          {texts.chooseFlag}
        </option>
        {flags.map(({ key }) => (
          <option key={key} value={key}>
            {key}
          </option>
        ))}
      </NativeSelect>
      <NotSelect
        label={texts.givesOrNot}
        words={[texts.gives, texts.doesNotGive]}
        not={value.not ?? false}
        onChange={(not) => onChange(withNot(value, not))}
      />
      {value.variants.map((variant) => (
        <Chip
          key={variant}
          label={variant}
          onRemove={() => onChange({ ...value, variants: value.variants.filter((one) => one !== variant) })}
        />
      ))}
      {free.length === 0 || value.flag === "" ? null : (
        <NativeSelect
          aria-label={texts.addAVariant}
          value=""
          className="w-36"
          onChange={(event) => onChange({ ...value, variants: [...value.variants, event.target.value] })}
        >
          <option value="" disabled>
            {value.variants.length === 0 ? texts.choose : texts.orVariant}
          </option>
          {free.map((variant) => (
            <option key={variant}>{variant}</option>
          ))}
        </NativeSelect>
      )}
    </div>
  );
}
