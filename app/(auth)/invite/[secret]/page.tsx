import type { Metadata } from "next";
import Link from "next/link";
import { connection } from "next/server";
import { acceptInvite } from "@/components/auth/actions";
import { AuthCard } from "@/components/auth/auth-card";
import { InviteForm } from "@/components/auth/invite-form";
import { texts } from "@/components/auth/texts";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { getEngine } from "@/lib/engine";

// The address is a secret: no referrer may carry it on.
export const metadata: Metadata = { title: texts.setYourPassword, referrer: "no-referrer" };

export default async function InvitePage({ params }: PageProps<"/invite/[secret]">) {
  const { secret } = await params;
  await connection();
  const invite = await peek(secret);
  if (invite === null) return <InviteGone />;
  return (
    <AuthCard
      title={texts.hello(invite.name)}
      description={texts.invitation(invite.email, <Time value={invite.expiresAt} absolute />)}
    >
      <InviteForm secret={secret} email={invite.email} name={invite.name} accept={acceptInvite} />
    </AuthCard>
  );
}

function InviteGone() {
  return (
    <AuthCard title={texts.linkInvalid} description={texts.linkInvalidHint}>
      <Button asChild variant="primary" size="lg">
        <Link href="/sign-in">{texts.signIn}</Link>
      </Button>
    </AuthCard>
  );
}

async function peek(secret: string) {
  const engine = getEngine();
  try {
    return await engine.access.invites.peek(secret);
  } catch (error) {
    if (engine.toProblem(error).code === "INVITE_INVALID") return null;
    throw error;
  }
}
