"use client";

import { ErrorView } from "@/components/shell/error-view";

export default function SegmentError(props: { error: Error & { digest?: string }; retry: () => void }) {
  return <ErrorView error={props.error} retry={props.retry} />;
}
