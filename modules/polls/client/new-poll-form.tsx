/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import { useApp } from "./use-app.ts";

const optionsMax = 20;

export function NewPollForm({ onCancel, onCreated }: { onCancel(): void; onCreated(): void }) {
  const { api, graft, formats } = useApp();
  const [question, setQuestion] = useState("");
  const [options, setOptions] = useState(["", ""]);
  const [multiple, setMultiple] = useState(false);
  const [anonymous, setAnonymous] = useState(false);
  const [closesAt, setClosesAt] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);

  const change = (index: number, text: string) =>
    setOptions((old) => {
      const next = old.map((option, i) => (i === index ? text : option));
      // A free line is always there until the last one possible.
      return next.at(-1) !== "" && next.length < optionsMax ? [...next, ""] : next;
    });
  const create = async () => {
    setSaving(true);
    try {
      const given = options.map((option) => option.trim()).filter((option) => option !== "");
      await api.create({ question, options: given, multiple, anonymous, closesAt });
      graft.toast("Poll started");
      onCreated();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setSaving(false);
    }
  };

  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <label class="field">
        Question
        <input
          value={question}
          maxLength={300}
          required
          onInput={(event) => setQuestion(event.currentTarget.value)}
        />
      </label>
      <fieldset class="field">
        <legend>Options</legend>
        {options.map((option, index) => (
          <input
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place alone
            key={index}
            aria-label={`Option ${index + 1}`}
            placeholder={`Option ${index + 1}`}
            value={option}
            maxLength={120}
            required={index < 2}
            onInput={(event) => change(index, event.currentTarget.value)}
          />
        ))}
      </fieldset>
      <label class="check">
        <input
          type="checkbox"
          checked={multiple}
          onChange={(event) => setMultiple(event.currentTarget.checked)}
        />
        More than one may be chosen
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={anonymous}
          onChange={(event) => setAnonymous(event.currentTarget.checked)}
        />
        Anonymous: nobody sees who chose what
      </label>
      <label class="field">
        Closes
        <input
          type="datetime-local"
          value={formats.toInput(closesAt)}
          onChange={(event) => setClosesAt(formats.fromInput(event.currentTarget.value))}
        />
      </label>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <div class="actions">
        <button type="button" data-variant="ghost" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" data-variant="primary" disabled={saving}>
          Start poll
        </button>
      </div>
    </form>
  );
}
