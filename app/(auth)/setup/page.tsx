import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { connection } from "next/server";
import { createFirstAdministrator } from "@/components/auth/actions";
import { AuthCard } from "@/components/auth/auth-card";
import { SetupForm } from "@/components/auth/setup-form";
import { getEngine } from "@/lib/engine";

export const metadata: Metadata = { title: "Set up" };

export default async function SetupPage() {
  await connection();
  if (!(await getEngine().access.setup.needed())) redirect("/");
  return (
    <AuthCard
      title="Welcome. Who looks after this host?"
      description="The first account is its administrator: it installs modules and invites everyone else."
    >
      <SetupForm create={createFirstAdministrator} />
    </AuthCard>
  );
}
