/** @jsxImportSource preact */
import { useId, useState } from "preact/hooks";
import type { Api, Entity, Relation } from "./api.ts";
import { EntityPicker } from "./entity-picker.tsx";
import { FormFrame } from "./form-frame.tsx";
import { fromRows, toRows } from "./properties.ts";
import { PropertyEditor } from "./property-editor.tsx";
import { TypeMark } from "./type-mark.tsx";

/** Relates an entity to another, chosen by search. */
export function NewRelationForm(props: {
  api: Api;
  entity: Entity;
  types: string[];
  onSave(fields: Omit<Relation, "id">, other: Entity): Promise<void>;
  onCancel(): void;
}) {
  const { api, entity, types } = props;
  const [other, setOther] = useState<Entity | null>(null);
  const [type, setType] = useState("");
  const [outgoing, setOutgoing] = useState(true);
  const [rows, setRows] = useState(toRows({}));
  const [from, to] = outgoing ? [entity, other] : [other, entity];
  return (
    <FormFrame
      title={`Relate ${entity.name}`}
      action="Relate"
      onCancel={props.onCancel}
      onSubmit={async () => {
        if (!other || !from || !to) throw new Error("Choose the other entity.");
        if (type.trim() === "") throw new Error("Say how they are related: knows, wrote, is part of …");
        await props.onSave(
          { from: from.id, to: to.id, type: type.trim(), properties: fromRows(rows) },
          other,
        );
      }}
    >
      {other ? (
        <p class="chosen">
          <TypeMark type={other.type} /> <span class="grow clip">{other.name}</span>
          <button type="button" data-variant="ghost" onClick={() => setOther(null)}>
            Change
          </button>
        </p>
      ) : (
        <EntityPicker
          api={api}
          label="The other entity"
          placeholder="The other entity"
          autoFocus
          onPick={setOther}
        />
      )}
      <TypeField value={type} types={types} onInput={setType} />
      <fieldset class="choice">
        <legend>Direction</legend>
        {[true, false].map((out) => (
          <label key={String(out)}>
            <input
              type="radio"
              name="direction"
              checked={outgoing === out}
              onChange={() => setOutgoing(out)}
            />
            {out ? `${entity.name} → ${other?.name ?? "…"}` : `${other?.name ?? "…"} → ${entity.name}`}
          </label>
        ))}
      </fieldset>
      <PropertyEditor rows={rows} onChange={setRows} />
    </FormFrame>
  );
}

/** Changes what a relation is called and its properties. */
export function RelationForm(props: {
  relation: Relation;
  types: string[];
  onSave(fields: Pick<Relation, "type" | "properties">): Promise<void>;
  onCancel(): void;
}) {
  const [type, setType] = useState(props.relation.type);
  const [rows, setRows] = useState(toRows(props.relation.properties));
  return (
    <FormFrame
      title="Edit relation"
      action="Save"
      onCancel={props.onCancel}
      onSubmit={async () => {
        if (type.trim() === "") throw new Error("Say how they are related.");
        await props.onSave({ type: type.trim(), properties: fromRows(rows) });
      }}
    >
      <TypeField value={type} types={props.types} onInput={setType} />
      <PropertyEditor rows={rows} onChange={setRows} />
    </FormFrame>
  );
}

function TypeField({
  value,
  types,
  onInput,
}: {
  value: string;
  types: string[];
  onInput(value: string): void;
}) {
  const id = useId();
  return (
    <label>
      How they are related
      <input
        value={value}
        maxLength={100}
        list={`${id}-types`}
        placeholder="knows"
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <datalist id={`${id}-types`}>
        {types.map((known) => (
          <option key={known} value={known} />
        ))}
      </datalist>
    </label>
  );
}
