import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { getEngine } from "@/lib/engine";
import { getViewer, hasRole } from "@/lib/session";

/** Streams an exported file, or a database that stands as one, to whoever may uninstall. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  const viewer = await getViewer();
  if (viewer === null || !hasRole(viewer, "operator")) return new Response("Not found", { status: 404 });
  const engine = getEngine();
  try {
    const file = await engine.install.keptData.open((await params).id);
    const stream = createReadStream(file.path);
    if (file.once) stream.once("open", () => void rm(file.path, { force: true }));
    return new Response(Readable.toWeb(stream) as ReadableStream, {
      headers: {
        "content-type": "application/gzip",
        "content-length": String(file.bytes),
        "content-disposition": `attachment; filename="${file.name.replaceAll('"', "")}"`,
        "cache-control": "private, no-store",
      },
    });
  } catch (error) {
    const problem = engine.toProblem(error);
    return Response.json(problem, {
      status: problem.status,
      headers: { "content-type": "application/problem+json" },
    });
  }
}
