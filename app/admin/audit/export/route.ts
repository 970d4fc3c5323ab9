import type { NextRequest } from "next/server";
import { csvHeader, csvRow } from "@/app/admin/audit/audit-csv";
import { readAuditFilter } from "@/app/admin/audit/audit-filter";
import { getEngine } from "@/lib/engine";
import { requireRole } from "@/lib/session";

/** Every entry that the filters of the audit page select, newest first, as it is read. */
export async function GET(request: NextRequest): Promise<Response> {
  await requireRole("administrator");
  const filter = readAuditFilter(Object.fromEntries(request.nextUrl.searchParams));
  const { audit } = getEngine().access;
  const encoder = new TextEncoder();
  let cursor: string | null | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(csvHeader()));
    },
    async pull(controller) {
      const page = await audit.list({ ...filter, limit: 200, ...(cursor ? { cursor } : {}) });
      controller.enqueue(encoder.encode(page.items.map(csvRow).join("")));
      cursor = page.nextCursor;
      if (cursor === null) controller.close();
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="audit-${new Date().toISOString().slice(0, 10)}.csv"`,
      "Cache-Control": "no-store",
    },
  });
}
