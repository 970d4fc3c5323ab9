"use client";

import { useTimeZone } from "@/components/ui/date-time-input";
import { formatList } from "@/components/ui/format";
import { dateTimeFormat } from "@/components/ui/intl";
import { useLocale } from "@/components/ui/locale";
import { describeCondition } from "@/sdk/flags/describe";
import type { Condition } from "@/sdk/flags/rules";

/** Conditions that all hold, in words; moments by the viewer's clock. `names`: of the users in them, by id. */
export function ConditionText(props: { conditions: readonly Condition[]; names: Record<string, string> }) {
  const { locale } = useLocale();
  const timeZone = useTimeZone();
  const format = dateTimeFormat(locale ?? "en", {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone,
  });
  const words = {
    userName: (id: string) => props.names[id] ?? id,
    dateTime: (at: number) => format.format(at * 1000),
  };
  // Browsers and the server write moments with different blanks.
  return (
    <span suppressHydrationWarning>
      {formatList(props.conditions.map((condition) => describeCondition(condition, words)))}
    </span>
  );
}
