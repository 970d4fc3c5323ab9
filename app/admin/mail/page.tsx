import type { Metadata } from "next";
import { sendTestMail } from "@/components/mail/actions";
import { MailFacts } from "@/components/mail/mail-facts";
import { MailSetup } from "@/components/mail/mail-setup";
import { TestMailButton } from "@/components/mail/test-mail-button";
import { texts } from "@/components/mail/texts";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { EmptyState } from "@/components/ui/empty-state";
import { MailX } from "@/components/ui/icons";
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
      <PageHeader title={texts.email} description={texts.emailExplained} />
      <div className="grid max-w-3xl grid-cols-1 gap-8">
        {server === null ? (
          <EmptyState icon={MailX} title={texts.notConfigured}>
            {texts.notConfiguredHint}
          </EmptyState>
        ) : (
          <>
            <MailFacts server={server} queue={queue} />
            <Section title={texts.test} description={texts.testExplained(viewer.email)}>
              <TestMailButton send={sendTestMail} />
            </Section>
          </>
        )}
        <Section title={texts.setUp} description={texts.setUpExplained}>
          <MailSetup />
        </Section>
      </div>
    </>
  );
}
