import type { Metadata } from "next";
import Link from "next/link";
import { connection } from "next/server";
import { acceptInvite } from "@/components/auth/actions";
import { AuthCard } from "@/components/auth/auth-card";
import { InviteForm } from "@/components/auth/invite-form";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { getEngine } from "@/lib/engine";

// The address is a secret: no referrer may carry it on.
export const metadata: Metadata = { title: "Set your password", referrer: "no-referrer" };

export default async function InvitePage({ params }: PageProps<"/invite/[secret]">) {
  const { secret } = await params;
  await connection();
  const invite = await peek(secret);
  if (invite === null) return <InviteGone />;
  return (
    <AuthCard
      title={`Hello, ${invite.name}`}
      description={
        <>
          Choose a password for {invite.email}. The link works until{" "}
          <Time value={invite.expiresAt} absolute />.
        </>
      }
    >
      <InviteForm secret={secret} email={invite.email} name={invite.name} accept={acceptInvite} />
    </AuthCard>
  );
}

function InviteGone() {
  return (
    <AuthCard
      title="This link no longer works"
      description="It has been used, has expired, or was replaced by a newer one. Ask an administrator of this host for a new link. If you have set your password already, sign in with it."
    >
      <Button asChild variant="primary" size="lg">
        <Link href="/sign-in">Sign in</Link>
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
