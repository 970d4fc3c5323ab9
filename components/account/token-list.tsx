"use client";

import { KeyRound } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { toastSuccess } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import type { TokenView } from "@/contract/people";
import type { ActionResult } from "@/lib/problem";
import { type CreateToken, CreateTokenButton } from "./create-token-button.tsx";

export function TokenList(props: {
  tokens: TokenView[];
  create: CreateToken;
  revoke: (input: { id: string }) => Promise<ActionResult<void>>;
}) {
  return (
    <Section
      title="API tokens"
      description="For scripts and the command line; a token may do what you may do."
      actions={<CreateTokenButton create={props.create} />}
    >
      {props.tokens.length === 0 ? (
        <EmptyState icon={KeyRound} title="No tokens" className="py-8">
          Create one to call the API as yourself.
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
      <span>
        Created <Time value={token.createdAt} />
      </span>
      <span>
        {token.lastUsedAt === null ? "Never used" : <>Last used {<Time value={token.lastUsedAt} />}</>}
      </span>
      <span>
        {token.expiresAt === null ? "Does not expire" : <>Expires {<Time value={token.expiresAt} />}</>}
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
  const change = useChange(revoke, { onDone: () => toastSuccess(`The token ${token.name} is revoked.`) });
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" aria-label={`Revoke ${token.name}`}>
          Revoke
        </Button>
      }
      title={`Revoke ${token.name}?`}
      description="Whatever uses this token is refused from now on. This cannot be undone; a new token has a new secret."
      confirmLabel={`Revoke ${token.name}`}
      onConfirm={async () => (await change.run({ id: token.id })) !== null}
    />
  );
}
