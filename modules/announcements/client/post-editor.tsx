/** @jsxImportSource preact */

import { useLoad } from "@graft/sdk/preact";
import { useEffect, useState } from "preact/hooks";
import type { Post, PostFields } from "./api.ts";
import { Icon } from "./icons.tsx";
import { Markdown } from "./markdown.tsx";
import { useApp } from "./use-app.ts";

const blank: PostFields = {
  title: "",
  body: "",
  pinned: false,
  groups: [],
  visibleFrom: null,
  visibleUntil: null,
  published: false,
};

/** What was typed and not yet saved: leaving the editor and coming back to it loses nothing. */
let unsaved: PostFields | null = null;

/** Writes a new announcement (`id` null) or changes one. */
export function PostEditor({ id, groups }: { id: string | null; groups: string[] }) {
  const { api, graft } = useApp();
  const loaded = useLoad(id ?? "new", async () => (id === null ? null : await api.get(id)));
  useEffect(() => graft.title(id === null ? "New announcement" : "Edit announcement"), [graft, id]);
  if (loaded.error) return <p role="alert">{loaded.error}</p>;
  if (loaded.loading) return <p class="quiet">Loading…</p>;
  return <EditorForm post={loaded.data} groups={groups} />;
}

function EditorForm({ post, groups }: { post: Post | null; groups: string[] }) {
  const { api, graft, formats } = useApp();
  const [fields, setFields] = useState<PostFields>(
    post ? { ...post, published: post.publishedAt !== null } : (unsaved ?? blank),
  );
  const [preview, setPreview] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const change = (patch: Partial<PostFields>) =>
    setFields((old) => {
      const next = { ...old, ...patch };
      if (post === null) unsaved = next;
      return next;
    });
  const leave = () => {
    if (post === null) unsaved = null;
    graft.navigate(post ? `/posts/${post.id}` : "/");
  };

  const save = async (published: boolean) => {
    if (fields.title.trim() === "") return setProblem("Give the announcement a title.");
    setSaving(true);
    const { title, body, pinned, groups: audience, visibleFrom, visibleUntil } = fields;
    const content = { title, body, pinned, groups: audience, visibleFrom, visibleUntil, published };
    try {
      const saved = await (post
        ? api.change(post.id, { ...content, version: post.version })
        : api.create(content));
      if (post === null) unsaved = null;
      graft.toast(published ? "Announcement published" : "Draft saved");
      graft.navigate(`/posts/${saved.id}`);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setSaving(false);
    }
  };

  return (
    <form
      class="page editor"
      noValidate
      // Enter in a field must not publish to everyone: only the button does.
      onSubmit={(event) => event.preventDefault()}
    >
      <header class="toolbar">
        <button type="button" class="back" data-variant="ghost" onClick={leave}>
          <Icon name="back" size={14} /> Cancel
        </button>
        <span class="grow" />
        <button type="button" disabled={saving} onClick={() => void save(false)}>
          {fields.published ? "Back to draft" : "Save draft"}
        </button>
        <button type="button" data-variant="primary" disabled={saving} onClick={() => void save(true)}>
          {fields.published ? "Save" : "Publish"}
        </button>
      </header>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <label class="field">
        Title
        <input
          value={fields.title}
          maxLength={200}
          required
          onInput={(event) => change({ title: event.currentTarget.value })}
        />
      </label>
      <div class="field">
        <div class="field-head">
          <label for="body">Text</label>
          <button
            type="button"
            data-variant="ghost"
            aria-pressed={preview}
            onClick={() => setPreview(!preview)}
          >
            {preview ? "Write" : "Preview"}
          </button>
        </div>
        {preview ? (
          <div class="preview">
            {fields.body ? <Markdown text={fields.body} /> : <p class="quiet">No text yet.</p>}
          </div>
        ) : (
          <textarea
            id="body"
            rows={12}
            maxLength={50_000}
            aria-describedby="body-hint"
            value={fields.body}
            onInput={(event) => change({ body: event.currentTarget.value })}
          />
        )}
        <p class="quiet" id="body-hint">
          Markdown: **bold**, *italic*, [link](https://example.org), lists with - and headings with #.
        </p>
      </div>
      <label class="field">
        For groups
        <input
          list="groups"
          placeholder="Everyone"
          aria-describedby="groups-hint"
          value={fields.groups.join(", ")}
          onChange={(event) => change({ groups: splitKeys(event.currentTarget.value) })}
        />
        <datalist id="groups">
          {groups.map((group) => (
            <option key={group} value={group} />
          ))}
        </datalist>
        <span class="quiet" id="groups-hint">
          Group keys, with commas between them. Empty: everyone who has Announcements.
        </span>
      </label>
      <div class="columns">
        <label class="field">
          Visible from
          <input
            type="datetime-local"
            value={formats.toInput(fields.visibleFrom)}
            onChange={(event) => change({ visibleFrom: formats.fromInput(event.currentTarget.value) })}
          />
        </label>
        <label class="field">
          Visible until
          <input
            type="datetime-local"
            value={formats.toInput(fields.visibleUntil)}
            onChange={(event) => change({ visibleUntil: formats.fromInput(event.currentTarget.value) })}
          />
        </label>
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={fields.pinned}
          onChange={(event) => change({ pinned: event.currentTarget.checked })}
        />
        Pin to the top
      </label>
    </form>
  );
}

function splitKeys(text: string): string[] {
  return [
    ...new Set(
      text
        .toLowerCase()
        .split(/[\s,]+/)
        .filter((key) => key !== ""),
    ),
  ];
}
