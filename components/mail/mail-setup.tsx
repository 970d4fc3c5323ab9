import { CodeBlock } from "@/components/ui/code-block";

const example = `GRAFT_SMTP_URL=smtps://user:password@mail.example.org
GRAFT_MAIL_FROM="Graft <graft@example.org>"`;

/** Which variables configure mail. */
export function MailSetup() {
  return (
    <div className="grid grid-cols-1 gap-3">
      <CodeBlock text={example} label="Environment variables" />
      <p className="text-muted-foreground">
        <code className="font-mono text-xs">smtps://</code> is TLS on port 465;{" "}
        <code className="font-mono text-xs">smtp://host:587</code> changes to TLS where the server offers it.
        In user and password, write <code className="font-mono text-xs">@</code> as{" "}
        <code className="font-mono text-xs">%40</code>. To keep the password out of the environment, set{" "}
        <code className="font-mono text-xs">GRAFT_SMTP_URL_FILE</code> to a file that holds the address. Graft
        reads them when it starts.
      </p>
    </div>
  );
}
