/** @jsxImportSource preact */
import type { Api } from "./api.ts";
import { EntityForm } from "./entity-form.tsx";
import { EntityPanel } from "./entity-panel.tsx";
import { EntityPicker } from "./entity-picker.tsx";
import { FormFrame } from "./form-frame.tsx";
import { linksOf } from "./graph.ts";
import { NewRelationForm, RelationForm } from "./relation-form.tsx";
import { RelationPanel } from "./relation-panel.tsx";
import type { Explorer } from "./use-explorer.ts";

/** Beside the picture: what is selected, or the form that changes it. Null when there is nothing to show. */
export function Panel({ api, explorer }: { api: Api; explorer: Explorer }) {
  const { mode, setMode, entity, relation, stats } = explorer;
  const entityTypes = stats?.entityTypes.map(({ type }) => type) ?? [];
  const relationTypes = stats?.relationTypes.map(({ type }) => type) ?? [];
  const back = () => setMode("look");
  if (mode === "create")
    return (
      <EntityForm key="new" entity={null} types={entityTypes} onSave={explorer.create} onCancel={back} />
    );
  if (mode === "delete" && (entity || relation)) return <DeleteForm explorer={explorer} onCancel={back} />;
  if (entity) {
    if (mode === "edit")
      return (
        <EntityForm
          key={entity.id}
          entity={entity}
          types={entityTypes}
          onSave={explorer.save}
          onCancel={back}
        />
      );
    if (mode === "relate")
      return (
        <NewRelationForm
          key={entity.id}
          api={api}
          entity={entity}
          types={relationTypes}
          onSave={explorer.relate}
          onCancel={back}
        />
      );
    if (mode === "path")
      return (
        <section class="form" aria-label={`Path from ${entity.name}`}>
          <h2>Path from {entity.name}</h2>
          <p class="quiet">Search the other end, or hold Shift and click it in the picture.</p>
          <EntityPicker
            api={api}
            label="The other end"
            placeholder="The other end"
            autoFocus
            onPick={({ id }) => void explorer.connect(id)}
          />
          <div class="buttons">
            <button type="button" onClick={back}>
              Cancel
            </button>
          </div>
        </section>
      );
    return (
      <EntityPanel
        entity={entity}
        graph={explorer.graph}
        truncated={explorer.truncated.has(entity.id)}
        onMode={setMode}
        onOpen={explorer.open}
        onOpenRelation={explorer.openRelation}
        onExpand={() => void explorer.expand(entity.id)}
        onHide={() => explorer.hide(entity.id)}
        onClose={() => explorer.open(null)}
      />
    );
  }
  if (!relation) return null;
  if (mode === "edit")
    return (
      <RelationForm
        key={relation.id}
        relation={relation}
        types={relationTypes}
        onSave={explorer.saveRelation}
        onCancel={back}
      />
    );
  return (
    <RelationPanel
      relation={relation}
      graph={explorer.graph}
      onMode={setMode}
      onOpen={explorer.open}
      onClose={() => explorer.open(null)}
    />
  );
}

function DeleteForm({ explorer, onCancel }: { explorer: Explorer; onCancel(): void }) {
  const { entity, relation, graph } = explorer;
  const count = entity ? linksOf(graph, entity.id).length : 0;
  const [from, to] = [relation?.from, relation?.to].map((id) => graph.entities.get(id ?? "")?.name ?? id);
  const title = entity ? `Delete ${entity.name}?` : `Delete “${relation?.type}”?`;
  return (
    <FormFrame title={title} action="Delete" onSubmit={explorer.remove} onCancel={onCancel}>
      <p>
        {entity
          ? `It goes for everyone, with its properties and all its relations (${count} of them in this picture). It cannot be brought back.`
          : `${from} and ${to} stay; that they are related is forgotten for everyone.`}
      </p>
    </FormFrame>
  );
}
