import { Button } from "@/components/ui/button";
import { RotateCw, TriangleExclamationPoint, X } from "@/components/ui/icons";
import { Skeleton } from "@/components/ui/skeleton";
import { texts } from "./texts.ts";

/** Covers the frame until it has drawn something. */
export function FrameSkeleton({ title }: { title: string }) {
  return (
    <div role="status" className="absolute inset-0 grid content-start gap-3 p-4">
      <span className="sr-only">{texts.loading(title)}</span>
      <Skeleton className="h-4 w-2/5" />
      <Skeleton className="h-4 w-4/5" />
      <Skeleton className="h-4 w-3/5" />
    </div>
  );
}

/** In place of a frame that failed. */
export function FrameFailed(props: { text: string; detail: string | null; onRetry(): void }) {
  return (
    <div
      role="alert"
      className="absolute inset-0 grid place-content-center justify-items-center gap-1 overflow-auto p-4 text-center"
    >
      <TriangleExclamationPoint aria-hidden className="mb-1 size-5 text-warning" strokeWidth={1.5} />
      <p className="font-medium">{props.text}</p>
      {props.detail ? (
        <p className="line-clamp-2 max-w-sm text-xs break-words text-muted-foreground">{props.detail}</p>
      ) : null}
      <Button size="sm" className="mt-2" onClick={props.onRetry}>
        <RotateCw aria-hidden />
        {texts.retry}
      </Button>
    </div>
  );
}

/** Above a frame that goes on working after an error. */
export function FrameInterrupted(props: { detail: string; onRetry(): void; onDismiss(): void }) {
  return (
    <div
      role="alert"
      className="absolute inset-x-2 bottom-2 flex items-center gap-2 rounded-md border bg-popover py-1 pr-1 pl-3 text-xs shadow-md"
    >
      <TriangleExclamationPoint aria-hidden className="size-3.5 shrink-0 text-warning" />
      <p className="min-w-0 flex-1 truncate" title={props.detail}>
        {texts.interrupted}
      </p>
      <Button size="sm" variant="ghost" onClick={props.onRetry}>
        {texts.retry}
      </Button>
      <Button size="icon-sm" variant="ghost" aria-label={texts.dismiss} onClick={props.onDismiss}>
        <X aria-hidden />
      </Button>
    </div>
  );
}
