import { NotFoundView } from "@/components/shell/not-found-view";
import { texts } from "@/components/shell/texts";

export default function NotFound() {
  return <NotFoundView href="/" label={texts.goHome} />;
}
