import { Facts } from "@/components/marketplace/facts";
import { formatNumber } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { MailStatus } from "@/contract/mail";
import { texts } from "./texts.ts";

interface MailFactsProps {
  server: NonNullable<MailStatus["server"]>;
  queue: MailStatus["queue"];
}

const securities = { tls: "TLS", starttls: texts.starttls };

/** Through which server mail goes, what waits, and what went wrong last. */
export function MailFacts({ server, queue }: MailFactsProps) {
  const { lastError } = queue;
  return (
    <>
      {lastError === null ? null : (
        <Notice
          tone={lastError.willRetry ? "warning" : "danger"}
          title={lastError.willRetry ? texts.notSentYet : texts.notSent}
        >
          <p className="break-words">
            <Time value={lastError.at} />: {lastError.message}
          </p>
        </Notice>
      )}
      <Section title={texts.server}>
        <Facts
          items={[
            {
              name: texts.address,
              value: (
                <span className="font-mono text-xs break-all">
                  {server.host}:{server.port}
                </span>
              ),
            },
            { name: texts.encryption, value: securities[server.security] },
            { name: texts.signsIn, value: server.signsIn ? texts.withPassword : texts.noSignIn },
            { name: texts.sender, value: <span className="break-words">{server.from}</span> },
          ]}
        />
      </Section>
      <Section title={texts.queue}>
        <Facts
          items={[
            { name: texts.waiting, value: <span className="tabular">{formatNumber(queue.waiting)}</span> },
            {
              name: texts.retrying,
              value: <span className="tabular">{formatNumber(queue.retrying)}</span>,
            },
            { name: texts.next, value: queue.nextAt === null ? texts.none : <Time value={queue.nextAt} /> },
          ]}
        />
      </Section>
    </>
  );
}
