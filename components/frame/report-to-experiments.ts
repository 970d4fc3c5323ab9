import type { FrameMessage } from "@/sdk/client/messages";

/** The module is the frame's own: whatever a frame says, it speaks for no other. A report that fails is not made up for. */
export function reportToExperiments(
  module: string,
  message: Extract<FrameMessage, { type: "used" | "goal" }>,
): void {
  const { type, ...report } = message;
  void fetch(`/api/v1/graft/me/${type === "used" ? "exposures" : "goals"}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ module, ...report }),
    // A frame that reports and leaves at once still reports.
    keepalive: true,
  }).catch(() => {});
}
