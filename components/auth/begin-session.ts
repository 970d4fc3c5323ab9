import type { Problem } from "@/lib/problem";
import { decodeSignInError } from "@/lib/sign-in-error";

/** Signs in and sets the session cookie; the problem when that fails. next-auth's client is loaded on first use. */
export async function beginSession(email: string, password: string): Promise<Problem | null> {
  const { signIn } = await import("next-auth/react");
  const result = await signIn("credentials", { email, password, redirect: false });
  return result?.ok ? null : decodeSignInError(result?.error ?? "unknown");
}
