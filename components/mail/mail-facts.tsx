import { Facts } from "@/components/marketplace/facts";
import { formatNumber } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { MailStatus } from "@/contract/mail";

interface MailFactsProps {
  server: NonNullable<MailStatus["server"]>;
  queue: MailStatus["queue"];
}

const securities = { tls: "TLS", starttls: "STARTTLS where the server offers it" };

/** Through which server mail goes, what waits, and what went wrong last. */
export function MailFacts({ server, queue }: MailFactsProps) {
  const { lastError } = queue;
  return (
    <>
      {lastError === null ? null : (
        <Notice
          tone={lastError.willRetry ? "warning" : "danger"}
          title={lastError.willRetry ? "A mail could not be sent yet" : "A mail could not be sent"}
        >
          <p className="break-words">
            <Time value={lastError.at} />: {lastError.message}
          </p>
        </Notice>
      )}
      <Section title="Server">
        <Facts
          items={[
            {
              name: "Address",
              value: (
                <span className="font-mono text-xs break-all">
                  {server.host}:{server.port}
                </span>
              ),
            },
            { name: "Encryption", value: securities[server.security] },
            { name: "Signs in", value: server.signsIn ? "With a user and a password" : "No" },
            { name: "Sender", value: <span className="break-words">{server.from}</span> },
          ]}
        />
      </Section>
      <Section title="Queue">
        <Facts
          items={[
            { name: "Waiting", value: <span className="tabular">{formatNumber(queue.waiting)}</span> },
            {
              name: "Tried without success",
              value: <span className="tabular">{formatNumber(queue.retrying)}</span>,
            },
            { name: "Next", value: queue.nextAt === null ? "None" : <Time value={queue.nextAt} /> },
          ]}
        />
      </Section>
    </>
  );
}
