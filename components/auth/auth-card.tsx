import type { ReactNode } from "react";
import { Logo } from "@/components/shell/logo";
import { texts } from "./texts.ts";

/** The one thing on a page before one is signed in. */
export function AuthCard(props: { title: string; description?: ReactNode; children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="grid w-full max-w-sm gap-6">
        <p className="flex items-center gap-2 font-semibold tracking-tight">
          <Logo className="size-6" />
          {texts.graft}
        </p>
        <div className="grid gap-1.5">
          <h1 className="text-xl font-semibold tracking-tight text-balance">{props.title}</h1>
          {props.description ? (
            <div className="text-pretty text-muted-foreground">{props.description}</div>
          ) : null}
        </div>
        {props.children}
      </div>
    </main>
  );
}
