/** Ends the session and goes to the sign-in page. next-auth's client is only loaded when it is needed. */
export async function leave(): Promise<void> {
  const { signOut } = await import("next-auth/react");
  await signOut({ callbackUrl: "/sign-in" });
}
