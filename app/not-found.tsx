import type { Metadata } from "next";
import { NotFoundView } from "@/components/shell/not-found-view";
import { texts } from "@/components/shell/texts";

export const metadata: Metadata = { title: texts.notFoundTitle };

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <NotFoundView href="/" label={texts.goHome} />
    </main>
  );
}
