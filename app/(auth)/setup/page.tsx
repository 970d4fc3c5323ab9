import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { connection } from "next/server";
import { createFirstAdministrator } from "@/components/auth/actions";
import { AuthCard } from "@/components/auth/auth-card";
import { SetupForm } from "@/components/auth/setup-form";
import { texts } from "@/components/auth/texts";
import { getEngine } from "@/lib/engine";

export const metadata: Metadata = { title: texts.setUp };

export default async function SetupPage() {
  await connection();
  if (!(await getEngine().access.setup.needed())) redirect("/");
  return (
    <AuthCard title={texts.setUpTitle} description={texts.setUpExplained}>
      <SetupForm create={createFirstAdministrator} />
    </AuthCard>
  );
}
