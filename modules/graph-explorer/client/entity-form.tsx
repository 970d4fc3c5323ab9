/** @jsxImportSource preact */
import { useId, useState } from "preact/hooks";
import type { Entity } from "./api.ts";
import { FormFrame } from "./form-frame.tsx";
import { fromRows, toRows } from "./properties.ts";
import { PropertyEditor } from "./property-editor.tsx";

/** Creates an entity (`entity` null) or changes one. */
export function EntityForm(props: {
  entity: Entity | null;
  types: string[];
  onSave(fields: Omit<Entity, "id">): Promise<void>;
  onCancel(): void;
}) {
  const { entity, types } = props;
  const id = useId();
  const [name, setName] = useState(entity?.name ?? "");
  const [type, setType] = useState(entity?.type ?? "");
  const [rows, setRows] = useState(toRows(entity?.properties ?? {}));
  return (
    <FormFrame
      title={entity ? `Edit ${entity.name}` : "New entity"}
      action={entity ? "Save" : "Create"}
      onCancel={props.onCancel}
      onSubmit={async () => {
        if (name.trim() === "") throw new Error("Give the entity a name.");
        if (type.trim() === "") throw new Error("Say what it is: a person, a place …");
        await props.onSave({ name: name.trim(), type: type.trim(), properties: fromRows(rows) });
      }}
    >
      <label>
        Name
        <input value={name} maxLength={500} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <label>
        Type
        <input
          value={type}
          maxLength={100}
          list={`${id}-types`}
          placeholder="person"
          onInput={(event) => setType(event.currentTarget.value)}
        />
      </label>
      <datalist id={`${id}-types`}>
        {types.map((known) => (
          <option key={known} value={known} />
        ))}
      </datalist>
      <PropertyEditor rows={rows} onChange={setRows} />
    </FormFrame>
  );
}
