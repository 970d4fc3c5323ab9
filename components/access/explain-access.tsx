"use client";

import { ExplainUser } from "@/components/flags/explain-user";
import type { AccessSetting } from "@/contract/access";
import { accessVariantWords } from "./access-words.ts";
import { explainAccess } from "./actions";

/** Whether one user has a module or widget, by which rule, and what would change it. */
export function ExplainAccess({ target, subject }: { target: string; subject: AccessSetting | null }) {
  return (
    <ExplainUser
      subject={subject}
      description="For anybody: whether they have it, by which rule, and what would change it."
      words={accessVariantWords}
      explain={(userId) => explainAccess({ target, userId })}
    />
  );
}
