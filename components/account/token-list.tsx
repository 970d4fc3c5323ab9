"use client";

import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { KeyRound } from "@/components/ui/icons";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { toastSuccess } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import type { TokenView } from "@/contract/people";
import type { ActionResult } from "@/lib/problem";
import { type CreateToken, CreateTokenButton } from "./create-token-button.tsx";
import { texts } from "./texts.ts";

export function TokenList(props: {
  tokens: TokenView[];
  create: CreateToken;
  revoke: (input: { id: string }) => Promise<ActionResult<void>>;
}) {
  return (
    <Section
      title={texts.tokens}
      description={texts.tokensExplained}
      actions={<CreateTokenButton create={props.create} />}
    >
      {props.tokens.length === 0 ? (
        <EmptyState icon={KeyRound} title={texts.noTokens} className="py-8">
          {texts.noTokensHint}
        </EmptyState>
      ) : (
        <ul className="grid">
          {props.tokens.map((token) => (
            <li key={token.id} className="flex min-h-14 items-center gap-4 border-b py-2 last:border-0">
              <div className="grid min-w-0 flex-1 gap-0.5">
                <p className="flex items-baseline gap-2">
                  <span className="truncate font-medium">{token.name}</span>
                  <code className="font-mono text-xs text-muted-foreground">{token.prefix}…</code>
                </p>
                <TokenDates token={token} />
              </div>
              <RevokeButton token={token} revoke={props.revoke} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function TokenDates({ token }: { token: TokenView }) {
  return (
    <p className="flex flex-wrap gap-x-3 text-xs text-muted-foreground">
      <span>{texts.created(<Time value={token.createdAt} />)}</span>
      <span>
        {token.lastUsedAt === null ? texts.neverUsed : texts.lastUsed(<Time value={token.lastUsedAt} />)}
      </span>
      <span>
        {token.expiresAt === null ? texts.neverExpires : texts.expires(<Time value={token.expiresAt} />)}
      </span>
    </p>
  );
}

function RevokeButton({
  token,
  revoke,
}: {
  token: TokenView;
  revoke: (input: { id: string }) => Promise<ActionResult<void>>;
}) {
  const change = useChange(revoke, { onDone: () => toastSuccess(texts.tokenRevoked(token.name)) });
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" aria-label={texts.revokeNamed(token.name)}>
          {texts.revoke}
        </Button>
      }
      title={texts.revokeQuestion(token.name)}
      description={texts.revokeExplained}
      confirmLabel={texts.revokeNamed(token.name)}
      onConfirm={async () => (await change.run({ id: token.id })) !== null}
    />
  );
}
