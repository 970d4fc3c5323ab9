import { MailX } from "lucide-react";
import type { Metadata } from "next";
import { sendTestMail } from "@/components/mail/actions";
import { MailFacts } from "@/components/mail/mail-facts";
import { MailSetup } from "@/components/mail/mail-setup";
import { TestMailButton } from "@/components/mail/test-mail-button";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { getEngine } from "@/lib/engine";
import { requireRole } from "@/lib/session";

export const metadata: Metadata = { title: "E-mail" };

export default async function MailPage() {
  const viewer = await requireRole("administrator");
  const { server, queue } = await getEngine().notifications.mail.status();
  return (
    <>
      <LiveRefresh everyMs={15_000} />
      <PageHeader title="E-mail" description="How notifications reach people who are not looking at Graft." />
      <div className="grid max-w-3xl grid-cols-1 gap-8">
        {server === null ? (
          <EmptyState icon={MailX} title="No mail server is configured">
            Notifications stand at the bell alone.
          </EmptyState>
        ) : (
          <>
            <MailFacts server={server} queue={queue} />
            <Section title="Test" description={`A short mail to ${viewer.email}, sent at once.`}>
              <TestMailButton send={sendTestMail} />
            </Section>
          </>
        )}
        <Section
          title="Setup"
          description="Set where Graft is started, not here: the password stays out of the database and its backups."
        >
          <MailSetup />
        </Section>
      </div>
    </>
  );
}
