import { getEngine } from "./engine.ts";
import { getViewer } from "./session.ts";

/** What the bell begins with. It is on every page, so a database that is away for a moment costs the number, not the page. */
export async function readUnread(): Promise<number> {
  const viewer = await getViewer();
  return viewer === null
    ? 0
    : getEngine()
        .notifications.unread(viewer)
        .catch(() => 0);
}
