"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { Compass } from "@/components/ui/icons";
import { ModuleIcon } from "@/components/ui/module-icon";
import type { GraftUser } from "@/sdk/client/messages";
import { ModuleFrame } from "./module-frame.tsx";
import { type FramePage, framePath, matchPage } from "./routes.ts";
import { texts } from "./texts.ts";
import { useDocumentTitle } from "./use-document-title.ts";

export interface ModulePageProps {
  module: string;
  moduleTitle: string;
  icon: string | null;
  pages: FramePage[];
  user: GraftUser;
  flags: Record<string, unknown>;
}

/**
 * A plugin's pages under `/m/{module}`. The frame's own navigation moves the address with the History API, which Next
 * follows without asking the server, so the frame stays mounted and the browser's back button works.
 */
export function ModulePage(props: ModulePageProps) {
  const path = useFramePath(props.module);
  const page = matchPage(props.pages, path);
  const [frameTitle, setFrameTitle] = useState<{ src: string; title: string } | null>(null);
  const title = frameTitle !== null && frameTitle.src === page?.src ? frameTitle.title : page?.title;

  const parts = [title, props.moduleTitle, "Graft"];
  useDocumentTitle(
    parts.filter((part, i) => part && parts.indexOf(part) === i).join(" · "),
    `/m/${props.module}`,
  );

  function navigate(address: string, replace: boolean) {
    if (address === window.location.pathname + window.location.search + window.location.hash) return;
    if (replace) window.history.replaceState(null, "", address);
    else window.history.pushState(null, "", address);
  }

  return (
    <div className="flex h-[calc(100dvh-3rem)] flex-col">
      <header className="flex h-10 shrink-0 items-center gap-2 border-b px-4">
        <ModuleIcon
          src={props.icon}
          title={props.moduleTitle}
          className="size-4 rounded-sm border-0 text-xs"
        />
        <h1 className="min-w-0 truncate text-[0.8125rem] font-medium">{props.moduleTitle}</h1>
        {title !== undefined && title !== props.moduleTitle ? (
          <p className="min-w-0 truncate text-[0.8125rem] text-muted-foreground">{title}</p>
        ) : null}
      </header>
      {page === null ? (
        <EmptyState icon={Compass} title={texts.noPage}>
          {texts.noPageHint(props.moduleTitle)}
        </EmptyState>
      ) : (
        <ModuleFrame
          key={page.src}
          className="flex-1"
          module={props.module}
          moduleTitle={props.moduleTitle}
          title={`${props.moduleTitle}: ${page.title}`}
          src={page.src}
          path={path}
          user={props.user}
          flags={props.flags}
          onNavigate={navigate}
          onTitle={(next) => setFrameTitle({ src: page.src, title: next })}
        />
      )}
    </div>
  );
}

/** The route inside the module, as the address bar has it now. */
function useFramePath(module: string): string {
  const pathname = usePathname();
  const search = useSearchParams().toString();
  // The hooks encode differently from the address bar; what they say must not look like a change of route.
  const shown = typeof window === "undefined" ? null : window.location;
  if (shown !== null && shown.pathname === pathname) return framePath(module, pathname, shown.search);
  return framePath(module, pathname, search === "" ? "" : `?${search}`);
}
