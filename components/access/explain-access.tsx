"use client";

import { ExplainUser } from "@/components/flags/explain-user";
import type { AccessSetting } from "@/contract/access";
import { accessVariantWords } from "./access-words.ts";
import { explainAccess } from "./actions";
import { texts } from "./texts.ts";

/** Whether one user has a module or widget, by which rule, and what would change it. */
export function ExplainAccess({ target, subject }: { target: string; subject: AccessSetting | null }) {
  return (
    <ExplainUser
      subject={subject}
      description={texts.explainDescription}
      words={accessVariantWords}
      explain={(userId) => explainAccess({ target, userId })}
    />
  );
}
