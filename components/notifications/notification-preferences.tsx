"use client";

import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import { Switch } from "@/components/ui/switch";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { toastProblem } from "@/components/ui/toast";
import type { NotificationPreferenceView } from "@/contract/notifications";
import { problemFrom, unwrap } from "@/lib/problem";
import { setNotificationPreference } from "./actions";
import { texts } from "./texts.ts";

/** One row for each kind of news, a switch for each way it may come. */
export function NotificationPreferences(props: {
  preferences: NotificationPreferenceView[];
  mailConfigured: boolean;
  email: string;
}) {
  const router = useRouter();
  const [, startTransition] = useTransition();
  const [shown, change] = useOptimistic(props.preferences, (all, next: NotificationPreferenceView) =>
    all.map((one) => (isSame(one, next) ? next : one)),
  );
  function set(next: NotificationPreferenceView) {
    const { module, kind, bell, mail } = next;
    startTransition(async () => {
      change(next);
      await unwrap(setNotificationPreference({ module, kind, bell, mail })).catch((error) =>
        toastProblem(problemFrom(error)),
      );
      router.refresh();
    });
  }
  if (shown.length === 0) return <p className="text-muted-foreground">{texts.nothingToChoose}</p>;
  return (
    <div className="grid gap-3">
      <Table label={texts.notifications}>
        <TableHeader>
          <TableRow>
            <TableHead>{texts.what}</TableHead>
            <TableHead className="w-20">{texts.bell}</TableHead>
            {props.mailConfigured && <TableHead className="w-20">{texts.email}</TableHead>}
          </TableRow>
        </TableHeader>
        <TableBody>
          {shown.map((one) => (
            <TableRow key={`${one.module}/${one.kind}`}>
              <TableCell label={texts.what}>
                <span className="grid">
                  <span>{one.title}</span>
                  <span className="text-xs text-muted-foreground">
                    {[one.moduleTitle, one.description].filter(Boolean).join(": ")}
                  </span>
                </span>
              </TableCell>
              <TableCell label={texts.bell}>
                <Switch
                  checked={one.bell}
                  aria-label={texts.inTheBell(one.title)}
                  onCheckedChange={(bell) => set({ ...one, bell })}
                />
              </TableCell>
              {props.mailConfigured && (
                <TableCell label={texts.email}>
                  <Switch
                    checked={one.mail}
                    aria-label={texts.byEmail(one.title)}
                    onCheckedChange={(mail) => set({ ...one, mail })}
                  />
                </TableCell>
              )}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <p className="text-xs text-muted-foreground">
        {props.mailConfigured ? texts.emailExplained(props.email) : texts.emailNotConfigured}
      </p>
    </div>
  );
}

function isSame(a: NotificationPreferenceView, b: NotificationPreferenceView) {
  return a.module === b.module && a.kind === b.kind;
}
