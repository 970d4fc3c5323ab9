import { NotFoundView } from "@/components/shell/not-found-view";

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <NotFoundView href="/" label="Go home" />
    </main>
  );
}
