import type { Manifest } from "../../../sdk/manifest/index.ts";

/**
 * Which files of a module anybody may fetch: a frame has no cookie to show, so all that it loads is open to whoever
 * knows the digest. What the manifest gives to the server or to the database never is.
 */
export function isPublicFile(manifest: Manifest, path: string): boolean {
  if (isServerFile(manifest, path)) return false;
  if (path === manifest.icon || manifest.screenshots.includes(path)) return true;
  const folders = ["client", "assets"];
  for (const entry of entriesOf(manifest)) {
    const folder = topFolder(entry);
    // An entry at the root has its scripts and pictures beside it.
    if (folder === null) return path !== "module.json" && (topFolder(path) === null || isAsset(path));
    folders.push(folder);
  }
  const folder = topFolder(path);
  return folder !== null && folders.includes(folder);
}

function isServerFile(manifest: Manifest, path: string): boolean {
  const { runtime, database } = manifest;
  if (database !== undefined && (path === database.schema || path.startsWith(`${database.migrations}/`)))
    return true;
  if (runtime === undefined) return false;
  const folder = topFolder(runtime.entry);
  return folder === null || sharedWithFrames(manifest, folder)
    ? path === runtime.entry
    : path.startsWith(`${folder}/`);
}

function sharedWithFrames(manifest: Manifest, folder: string): boolean {
  return entriesOf(manifest).some((entry) => topFolder(entry) === folder);
}

/** A widget that the host draws has none. */
function entriesOf({ pages, widgets }: Manifest): string[] {
  return [...pages, ...widgets].flatMap(({ entry }) => entry ?? []);
}

function isAsset(path: string): boolean {
  return /\.(css|js|mjs|svg|png|jpe?g|webp|gif|ico|woff2?|json|html)$/i.test(path);
}

function topFolder(path: string): string | null {
  const slash = path.indexOf("/");
  return slash === -1 ? null : path.slice(0, slash);
}
