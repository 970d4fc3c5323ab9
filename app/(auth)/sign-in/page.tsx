import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/auth/auth-card";
import { SignInForm } from "@/components/auth/sign-in-form";
import { texts } from "@/components/auth/texts";
import { getEngine } from "@/lib/engine";
import { getViewer, safeNext } from "@/lib/session";
import { decodeSignInError } from "@/lib/sign-in-error";

export const metadata: Metadata = { title: texts.signIn };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { next, error } = await searchParams;
  const target = safeNext(next);
  if ((await getViewer()) !== null) redirect(target);
  if (await getEngine().access.setup.needed()) redirect("/setup");
  return (
    <AuthCard title={texts.signIn}>
      <SignInForm next={target} problem={decodeSignInError(typeof error === "string" ? error : null)} />
      <p className="text-muted-foreground">{texts.signInHelp}</p>
    </AuthCard>
  );
}
