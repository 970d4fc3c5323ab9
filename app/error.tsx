"use client";

import { ErrorView } from "@/components/shell/error-view";

export default function RootError(props: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorView error={props.error} retry={props.retry} />
    </main>
  );
}
