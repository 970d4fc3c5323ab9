import { CodeBlock } from "@/components/ui/code-block";
import { texts } from "./texts.ts";

const example = `GRAFT_SMTP_URL=smtps://user:password@mail.example.org
GRAFT_MAIL_FROM="Graft <graft@example.org>"`;

/** Which variables configure mail. */
export function MailSetup() {
  return (
    <div className="grid grid-cols-1 gap-3">
      <CodeBlock text={example} label={texts.environmentVariables} />
      <p className="text-muted-foreground">
        {texts.setUpDetails({
          tls: <code className="font-mono text-xs">smtps://</code>,
          starttls: <code className="font-mono text-xs">smtp://host:587</code>,
          at: <code className="font-mono text-xs">@</code>,
          encodedAt: <code className="font-mono text-xs">%40</code>,
          file: <code className="font-mono text-xs">GRAFT_SMTP_URL_FILE</code>,
        })}
      </p>
    </div>
  );
}
