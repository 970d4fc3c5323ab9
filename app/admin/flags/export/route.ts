import { getEngine } from "@/lib/engine";
import { requireRole } from "@/lib/session";

/** Every flag as one flagd document, to keep or to take elsewhere. */
export async function GET(): Promise<Response> {
  await requireRole("administrator");
  const document = getEngine().flags.features.exportDocument();
  return new Response(`${JSON.stringify(document, null, 2)}\n`, {
    headers: {
      "Content-Type": "application/json",
      "Content-Disposition": `attachment; filename="flags-${new Date().toISOString().slice(0, 10)}.flagd.json"`,
      "Cache-Control": "no-store",
    },
  });
}
