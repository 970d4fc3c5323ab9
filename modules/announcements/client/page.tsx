/** @jsxImportSource preact */

import { mount } from "@graft/sdk/preact";
import { useEffect, useState } from "preact/hooks";
import { Feed } from "./feed.tsx";
import { PostEditor } from "./post-editor.tsx";
import { PostView } from "./post-view.tsx";
import { useApp } from "./use-app.ts";
import "./styles.css";
import { useLoad } from "@graft/sdk/preact";

/** `/?view=past&query=lift`, `/new`, `/posts/ID`, `/posts/ID/edit`. */
function Page() {
  const { graft, api } = useApp();
  const [path, setPath] = useState(graft.path);
  const me = useLoad("me", () => api.me());
  useEffect(() => graft.onPath(setPath), [graft]);
  useEffect(() => {
    if (me.data || me.error) graft.ready();
  }, [graft, me.data, me.error]);

  if (!me.data) {
    return me.error ? (
      <div class="empty" role="alert">
        <p>{me.error}</p>
        <button type="button" onClick={() => void me.reload()}>
          Retry
        </button>
      </div>
    ) : (
      <p class="quiet">Loading…</p>
    );
  }
  const [, id, edit] = /^\/posts\/([^/]+)(\/edit)?$/.exec(path) ?? [];
  if (path === "/new" && me.data.mayWrite) return <PostEditor groups={me.data.groups} id={null} />;
  if (id && edit && me.data.mayWrite) return <PostEditor key={id} groups={me.data.groups} id={id} />;
  if (id) return <PostView key={id} id={id} mayWrite={me.data.mayWrite} />;
  return <Feed path={path} mayWrite={me.data.mayWrite} />;
}

void mount(<Page />);
