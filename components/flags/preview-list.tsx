import { formatNumber, plural } from "@/components/ui/format";
import type { FlagPreview } from "@/contract/flags";

const inCode = "the value in the code";

/** Who gets something else than now: how many, by variant, and their names. */
export function PreviewList(props: { preview: FlagPreview; words?: Record<string, string> | undefined }) {
  const { preview, words = {} } = props;
  const nameOf = (variant: string | null) => (variant === null ? inCode : (words[variant] ?? variant));
  const { changed } = preview;
  const hidden = changed.count - changed.users.length;
  return (
    <div className="grid gap-4">
      <p className="font-medium">
        {changed.count === 0
          ? `Nothing changes for any of ${plural(preview.users, "user")}.`
          : `${plural(changed.count, "user")} of ${formatNumber(preview.users)} would get something else${sides(preview)}.`}
      </p>
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
        <ul className="grid max-h-60 gap-1 overflow-y-auto" aria-label="Users whose answer changes">
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
          {hidden > 0 ? <li className="text-muted-foreground">and {formatNumber(hidden)} more</li> : null}
        </ul>
      )}
    </div>
  );
}

function sides({ gain, lose }: FlagPreview): string {
  if (gain === 0 && lose === 0) return "";
  return `: ${formatNumber(gain)} gain it, ${formatNumber(lose)} lose it`;
}
