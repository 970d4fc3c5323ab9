import { formatNumber } from "@/components/ui/format";
import type { FlagPreview } from "@/contract/flags";
import { texts } from "./texts.ts";

const inCode = texts.valueInCode;

/** Who gets something else than now: how many, by variant, and their names. */
export function PreviewList(props: { preview: FlagPreview; words?: Record<string, string> | undefined }) {
  const { preview, words = {} } = props;
  const nameOf = (variant: string | null) => (variant === null ? inCode : (words[variant] ?? variant));
  const { changed } = preview;
  const hidden = changed.count - changed.users.length;
  return (
    <div className="grid gap-4">
      <p className="font-medium">{summaryOf(preview)}</p>
      <dl className="grid gap-1">
        {preview.variants.map(({ variant, before, after }) => (
          <div key={variant ?? ""} className="flex justify-between gap-4 border-b py-1 last:border-0">
            <dt className="font-mono text-xs leading-5">{nameOf(variant)}</dt>
            <dd className="text-muted-foreground tabular-nums">
              {before === after ? null : `${formatNumber(before)} → `}
              <span className="text-foreground">{formatNumber(after)}</span>
            </dd>
          </div>
        ))}
      </dl>
      {changed.count === 0 ? null : (
        <ul className="grid max-h-60 gap-1 overflow-y-auto" aria-label={texts.usersWhoChange}>
          {changed.users.map((user) => (
            <li key={user.userId} className="flex flex-wrap justify-between gap-x-4">
              <span className="min-w-0 truncate">
                {user.name} <span className="text-xs text-muted-foreground">{user.email}</span>
              </span>
              <span className="font-mono text-xs leading-5 text-muted-foreground">
                {nameOf(user.before)} → {nameOf(user.after)}
              </span>
            </li>
          ))}
          {hidden > 0 ? <li className="text-muted-foreground">{texts.andMore(hidden)}</li> : null}
        </ul>
      )}
    </div>
  );
}

function summaryOf({ changed: { count }, users, gain, lose }: FlagPreview): string {
  if (count === 0) return texts.nothingChanges(users);
  if (gain === 0 && lose === 0) return texts.usersChange(count, users);
  return texts.usersGainAndLose({ count, users, gain, lose });
}
