import type { ReactNode } from "react";
import { formatNumber } from "@/components/ui/format";
import { rich } from "@/components/ui/rich";

export const texts = {
  needsAttention: "Needs attention",
  description: "What could not be finished, taken back or cleaned up. It keeps no other change waiting.",
  stopped: "Stopped until somebody decides",
  cleanup: "Left over",
  tried: (attempts: number, time: ReactNode) =>
    attempts === 1 ? rich`Tried once, ${time}` : rich`Tried ${formatNumber(attempts)} times, last ${time}`,
  triedAgain: (time: ReactNode) => rich`Tried again ${time}`,
  tryAgain: "Try again",
  settled: "It is settled.",
  viewOperation: "View the operation",
  leave: "Leave as it is…",
  leaveQuestion: (title: string) => `Leave “${title}” as it is?`,
  leaveStopped: "Its modules start with what is stored of them now. Nothing is put back any more.",
  leaveCleanup: "It is not tried again and not shown any more. What is left stays on the server.",
  leaveNow: "Leave as it is",
} as const;
