/** @jsxImportSource preact */
import type { RefObject } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Api, Entity } from "./api.ts";
import { Icon } from "./icons.tsx";
import { TypeMark } from "./type-mark.tsx";
import { useSearch } from "./use-search.ts";

/** A search field whose results are chosen with the arrow keys or the pointer (ARIA combobox). */
export function EntityPicker(props: {
  api: Api;
  label: string;
  placeholder: string;
  onPick(entity: Entity): void;
  input?: RefObject<HTMLInputElement>;
  autoFocus?: boolean;
}) {
  const { api, label, placeholder, onPick, autoFocus = false } = props;
  const own = useRef<HTMLInputElement>(null);
  const input = props.input ?? own;
  const id = useId();
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const { query, entities, error } = useSearch(api, text);
  const shown = open && query !== "";
  const current = shown ? entities[active] : undefined;

  useEffect(() => {
    if (autoFocus) input.current?.focus();
  }, [autoFocus, input]);

  function pick(entity: Entity) {
    setText("");
    setOpen(false);
    onPick(entity);
  }
  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && entities.length > 0) {
      event.preventDefault();
      setOpen(true);
      setActive((active + step + entities.length) % entities.length);
    } else if (event.key === "Enter" && current) {
      event.preventDefault();
      pick(current);
    } else if (event.key === "Escape" && (open || text !== "")) {
      event.stopPropagation();
      setOpen(false);
      setText("");
    }
  }

  return (
    <div class="picker">
      <Icon name="search" size={14} />
      <input
        ref={input}
        type="search"
        role="combobox"
        aria-label={label}
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={current ? `${id}-${active}` : undefined}
        placeholder={placeholder}
        autocomplete="off"
        spellcheck={false}
        value={text}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} role="listbox" aria-label={label} class="results" hidden={!shown}>
        {entities.map((entity, i) => (
          <div
            key={entity.id}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === active}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => pick(entity)}
            onKeyDown={onKeyDown}
          >
            <TypeMark type={entity.type} />
            <span class="grow clip">{entity.name}</span>
            <small class="quiet">{entity.type}</small>
          </div>
        ))}
        {entities.length === 0 && <p class="quiet">{error ?? `Nothing is called “${query}”.`}</p>}
      </div>
    </div>
  );
}
