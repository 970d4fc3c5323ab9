import { randomFillSync } from "node:crypto";
import { type Context, context, ROOT_CONTEXT, type Span, SpanKind, trace } from "@opentelemetry/api";

const tracer = trace.getTracer("graft.gateway");
const pattern = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** The span of one request; without an OpenTelemetry SDK it records nothing. */
export function startRequestSpan(module: string, method: string, traceparent: string | undefined): Span {
  const span = tracer.startSpan(`${method} ${module}`, { kind: SpanKind.SERVER }, parentContext(traceparent));
  if (span.isRecording()) span.setAttributes({ "graft.module": module, "http.request.method": method });
  return span;
}

/** W3C trace context for the module: of the recorded span, else the caller's own, else a new trace. */
export function traceparentOf(span: Span, incoming: string | undefined): string {
  if (span.isRecording()) {
    const { traceId, spanId, traceFlags } = span.spanContext();
    return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`;
  }
  if (incoming !== undefined && pattern.test(incoming)) return incoming;
  const id = randomHex();
  return `00-${id.slice(0, 32)}-${id.slice(32)}-00`;
}

function parentContext(traceparent: string | undefined): Context {
  const match = traceparent === undefined ? null : pattern.exec(traceparent);
  const [, traceId, spanId, flags] = match ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return context.active();
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
  });
}

// A call into the random generator costs more than the ids: filled for 170 traces at once.
const pool = Buffer.alloc(24 * 170);
let used = pool.length;

function randomHex(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 24;
  return pool.toString("hex", used - 24, used);
}
