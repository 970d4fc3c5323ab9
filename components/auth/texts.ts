import type { ReactNode } from "react";
import { plural } from "@/components/ui/format";
import { rich } from "@/components/ui/rich";

/** Signing in, the first administrator, invitations. */
export const texts = {
  graft: "Graft",
  signIn: "Sign in",
  signInHelp: "No account, or forgot your password? An administrator of this host can send you a link.",
  email: "E-mail",
  password: "Password",
  tryAgainAt: (relative: ReactNode, absolute: ReactNode) =>
    rich`You can try again ${relative} (${absolute}), or ask an administrator for a new password link.`,
  setUp: "Set up",
  setUpTitle: "Welcome. Who administers this host?",
  setUpExplained: "The first account is the administrator, who installs modules and invites everyone else.",
  yourName: "Your name",
  emailHint: "You sign in with it.",
  createAdministrator: "Create administrator",
  setYourPassword: "Set your password",
  hello: (name: string) => `Hello, ${name}`,
  invitation: (email: string, until: ReactNode) =>
    rich`Choose a password for ${email}. This link works until ${until}.`,
  linkInvalid: "This link no longer works",
  linkInvalidHint:
    "It has been used, has expired or was replaced by a newer one. Ask an administrator of this host for a new link. If you have already set your password, sign in with it.",
  setPassword: "Set password and sign in",

  // Choosing a password
  passwordHint: "At least 10 characters. A few unrelated words are easy to remember.",
  showPassword: "Show password",
  hidePassword: "Hide password",
  veryWeak: "Very weak",
  weak: "Weak",
  fair: "Fair",
  good: "Good",
  strong: "Strong",
  tooShort: "Too short",
  charactersMissing: (count: number) => `${plural(count, "more character")} needed.`,
  easyToGuess: "Easy to guess. Try four unrelated words, or a phrase of your own.",
} as const;
