import { Notice } from "./notice";
import { Prose } from "./prose";

/** A stranger's text that was drawn on the server, or why it could not be. */
export function DrawnText({
  text,
  className,
}: {
  text: { html: string; problem: string | null };
  className?: string;
}) {
  if (text.problem !== null) return <Notice tone="warning" title={text.problem} />;
  return <Prose html={text.html} {...(className === undefined ? {} : { className })} />;
}
