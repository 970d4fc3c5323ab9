/** @jsxImportSource preact */
import type { Path } from "./api.ts";
import { Icon } from "./icons.tsx";

/** The path that is drawn, in words. */
export function PathNote({
  path,
  onOpen,
  onClose,
}: {
  path: Path;
  onOpen(id: string): void;
  onClose(): void;
}) {
  return (
    <div class="note" role="status">
      <Icon name="route" size={14} />
      {path.found ? (
        <ol class="grow steps">
          {path.entities.map(({ id, name }, i) => (
            <li key={id}>
              {i > 0 && <span class="quiet"> {path.relations[i - 1]?.type} </span>}
              <button type="button" data-variant="ghost" onClick={() => onOpen(id)}>
                {name}
              </button>
            </li>
          ))}
        </ol>
      ) : (
        <span class="grow">No path of six relations or fewer connects the two.</span>
      )}
      <button type="button" data-variant="ghost" class="icon" aria-label="Leave the path" onClick={onClose}>
        <Icon name="close" size={14} />
      </button>
    </div>
  );
}
