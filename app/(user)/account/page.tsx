import type { Metadata } from "next";
import * as actions from "@/components/account/actions";
import { PasswordForm } from "@/components/account/password-form";
import { ProfileForm } from "@/components/account/profile-form";
import { SignOutEverywhere } from "@/components/account/sign-out-everywhere";
import { texts } from "@/components/account/texts";
import { TokenList } from "@/components/account/token-list";
import { NotificationPreferences } from "@/components/notifications/notification-preferences";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { getEngine } from "@/lib/engine";
import { requireViewer } from "@/lib/session";

export const metadata: Metadata = { title: texts.account };

export default async function AccountPage() {
  const viewer = await requireViewer();
  const { access, notifications } = getEngine();
  const [tokens, preferences] = await Promise.all([
    access.tokens.list(viewer.userId),
    notifications.preferences(viewer),
  ]);
  return (
    <Page width="narrow">
      <PageHeader title={texts.account} description={viewer.email} />
      <div className="grid gap-10">
        <Section title={texts.profile} description={texts.profileExplained}>
          <ProfileForm
            name={viewer.name}
            locale={viewer.locale}
            timeZone={viewer.timeZone}
            update={actions.updateProfile}
          />
        </Section>
        <Section title={texts.password} description={texts.passwordExplained}>
          <PasswordForm known={[viewer.name, viewer.email]} change={actions.changePassword} />
        </Section>
        <Section id="notifications" title={texts.notifications} description={texts.notificationsExplained}>
          <NotificationPreferences
            preferences={preferences}
            mailConfigured={notifications.mailConfigured}
            email={viewer.email}
          />
        </Section>
        <TokenList
          tokens={tokens.filter((token) => token.revokedAt === null)}
          create={actions.createToken}
          revoke={actions.revokeToken}
        />
        <Section title={texts.sessions} description={texts.sessionsExplained}>
          <SignOutEverywhere action={actions.signOutEverywhere} />
        </Section>
      </div>
    </Page>
  );
}
