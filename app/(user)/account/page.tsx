import type { Metadata } from "next";
import * as actions from "@/components/account/actions";
import { PasswordForm } from "@/components/account/password-form";
import { ProfileForm } from "@/components/account/profile-form";
import { SignOutEverywhere } from "@/components/account/sign-out-everywhere";
import { TokenList } from "@/components/account/token-list";
import { NotificationPreferences } from "@/components/notifications/notification-preferences";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { getEngine } from "@/lib/engine";
import { requireViewer } from "@/lib/session";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const viewer = await requireViewer();
  const { access, notifications } = getEngine();
  const [tokens, preferences] = await Promise.all([
    access.tokens.list(viewer.userId),
    notifications.preferences(viewer),
  ]);
  return (
    <Page width="narrow">
      <PageHeader title="Account" description={viewer.email} />
      <div className="grid gap-10">
        <Section title="Profile" description="Dates and times everywhere follow your language and time zone.">
          <ProfileForm
            name={viewer.name}
            locale={viewer.locale}
            timeZone={viewer.timeZone}
            update={actions.updateProfile}
          />
        </Section>
        <Section title="Password" description="Changing it signs you out on every other device.">
          <PasswordForm known={[viewer.name, viewer.email]} change={actions.changePassword} />
        </Section>
        <Section
          id="notifications"
          title="Notifications"
          description="What the modules you have may tell you, and where."
        >
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
        <Section title="Sessions" description="For a lost device, or a computer that is not yours.">
          <SignOutEverywhere action={actions.signOutEverywhere} />
        </Section>
      </div>
    </Page>
  );
}
