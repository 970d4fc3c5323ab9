"use client";

import { useState } from "react";
import { UserPicker } from "@/components/people/user-picker";
import { Button } from "@/components/ui/button";
import { DateTimeInput } from "@/components/ui/date-time-input";
import { UserPlus } from "@/components/ui/icons";
import { Input } from "@/components/ui/input";
import { NativeSelect } from "@/components/ui/native-select";
import type { GroupChoice } from "@/contract/people";
import { operatorWords } from "@/sdk/flags/describe";
import { type AttributeOperator, attributeOperators, type Condition } from "@/sdk/flags/rules";
import { Chip, type ConditionProps, type FlagChoice, NotSelect, withNot } from "./condition-parts.tsx";
import { FlagCondition } from "./flag-condition.tsx";
import { texts } from "./texts.ts";

export function ConditionFields(props: {
  value: Condition;
  onChange: (condition: Condition) => void;
  groups: GroupChoice[];
  flags: FlagChoice[];
  names: Record<string, string>;
  onName: (id: string, name: string) => void;
}) {
  const { value, onChange } = props;
  switch (value.kind) {
    case "groups":
      return <GroupCondition value={value} onChange={onChange} groups={props.groups} />;
    case "users":
      return <UserCondition value={value} onChange={onChange} names={props.names} onName={props.onName} />;
    case "attribute":
      return <AttributeCondition value={value} onChange={onChange} />;
    case "flag":
      return <FlagCondition value={value} onChange={onChange} flags={props.flags} />;
    default: {
      const label = value.kind === "after" ? texts.from : texts.until;
      return (
        <div className="flex flex-wrap items-center gap-2">
          <span>{label}</span>
          <DateTimeInput label={label} value={value.at} onChange={(at) => onChange({ ...value, at })} />
        </div>
      );
    }
  }
}

function GroupCondition({ value, onChange, groups }: ConditionProps<"groups"> & { groups: GroupChoice[] }) {
  const free = groups.filter(({ key }) => !value.groups.includes(key));
  const titleOf = (key: string) => groups.find((group) => group.key === key)?.name ?? key;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <NotSelect
        label={texts.groupsOrNot}
        words={[texts.inGroup, texts.notInGroup]}
        not={value.not ?? false}
        onChange={(not) => onChange(withNot(value, not))}
      />
      {value.groups.map((key) => (
        <Chip
          key={key}
          label={titleOf(key)}
          onRemove={() => onChange({ ...value, groups: value.groups.filter((one) => one !== key) })}
        />
      ))}
      {free.length === 0 ? null : (
        <NativeSelect
          aria-label={texts.addGroup}
          value=""
          className="w-40"
          onChange={(event) => onChange({ ...value, groups: [...value.groups, event.target.value] })}
        >
          <option value="" disabled>
            {value.groups.length === 0 ? texts.chooseGroup : texts.orGroup}
          </option>
          {free.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </NativeSelect>
      )}
    </div>
  );
}

function UserCondition(
  props: ConditionProps<"users"> & {
    names: Record<string, string>;
    onName: (id: string, name: string) => void;
  },
) {
  const { value, onChange } = props;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <NotSelect
        label={texts.usersOrNot}
        words={[texts.isUser, texts.isNotUser]}
        not={value.not ?? false}
        onChange={(not) => onChange(withNot(value, not))}
      />
      {value.users.map((id) => (
        <Chip
          key={id}
          label={props.names[id] ?? id}
          onRemove={() => onChange({ ...value, users: value.users.filter((one) => one !== id) })}
        />
      ))}
      <UserPicker
        taken={value.users}
        onPick={({ id, name }) => {
          props.onName(id, name);
          onChange({ ...value, users: [...value.users, id] });
        }}
      >
        <Button size="sm">
          <UserPlus aria-hidden />
          {texts.addUser}
        </Button>
      </UserPicker>
    </div>
  );
}

function AttributeCondition({ value, onChange }: ConditionProps<"attribute">) {
  const [typed, setTyped] = useState(textOf(value.value));
  // What was typed stands while it says the same, as a comma at the end of a list does.
  const text = textOf(readValue(value.operator, typed)) === textOf(value.value) ? typed : textOf(value.value);
  function set(operator: AttributeOperator, typed: string) {
    onChange({ ...value, operator, value: readValue(operator, typed) });
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Input
        aria-label={texts.attribute}
        list="flag-attributes"
        className="w-32 font-mono"
        spellCheck={false}
        value={value.name}
        onChange={(event) => onChange({ ...value, name: event.target.value })}
      />
      <datalist id="flag-attributes">
        {["email", "name", "role", "locale", "timeZone", "targetingKey"].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <NativeSelect
        aria-label={texts.comparison}
        value={value.operator}
        className="w-40"
        onChange={(event) => set(event.target.value as AttributeOperator, text)}
      >
        {attributeOperators.map((operator) => (
          <option key={operator} value={operator}>
            {operatorWords[operator]}
          </option>
        ))}
      </NativeSelect>
      <Input
        aria-label={value.operator === "one_of" ? texts.valuesByComma : texts.value}
        placeholder={value.operator === "one_of" ? texts.valuesExample : undefined}
        className="w-44"
        value={text}
        onChange={(event) => {
          setTyped(event.target.value);
          set(value.operator, event.target.value);
        }}
      />
    </div>
  );
}

function textOf(value: Extract<Condition, { kind: "attribute" }>["value"]): string {
  return Array.isArray(value) ? value.join(", ") : String(value);
}

const numeric: ReadonlySet<AttributeOperator> = new Set(["greater", "at_least", "less", "at_most"]);

function readValue(operator: AttributeOperator, typed: string): string | number | boolean | string[] {
  if (operator === "one_of") {
    return typed
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "");
  }
  const text = typed.trim();
  if (numeric.has(operator)) return text !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
  if (operator !== "equals" && operator !== "differs") return text;
  if (text === "true" || text === "false") return text === "true";
  return text;
}
