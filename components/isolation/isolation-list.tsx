import {
  type IconComponent,
  ShieldCheck,
  ShieldExclamationPoint,
  ShieldQuestionMark,
} from "@/components/ui/icons";
import type { IsolationLayer, IsolationView } from "@/contract/isolation";
import { texts } from "./texts";

const looks: Record<IsolationLayer["heldBy"], { Icon: IconComponent; color: string }> = {
  kernel: { Icon: ShieldCheck, color: "text-success" },
  node: { Icon: ShieldQuestionMark, color: "text-muted-foreground" },
  nothing: { Icon: ShieldExclamationPoint, color: "text-warning" },
};

/** What keeps modules to themselves on this machine, what does not, and how to get what is missing. */
export function IsolationList({ isolation }: { isolation: IsolationView }) {
  return (
    <div className="grid grid-cols-1 gap-4">
      <p className="max-w-2xl">{isolation.summary}</p>
      <ul className="grid gap-2.5">
        {isolation.layers.map(({ name, heldBy, text }) => {
          const { Icon, color } = looks[heldBy];
          return (
            <li key={name} className="flex items-start gap-2.5">
              <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${color}`} />
              <span className="min-w-0 max-w-2xl">
                <span className="font-medium">{texts.layer(name)}</span>
                <span className="text-muted-foreground"> · {texts.heldBy(heldBy)}</span>
                <br />
                {text}
              </span>
            </li>
          );
        })}
      </ul>
      {isolation.missing.length > 0 && (
        <div className="grid gap-2">
          <h3 className="font-medium">{texts.missing}</h3>
          {isolation.missing.map(({ text, remedy }) => (
            <div key={text} className="max-w-2xl">
              <p>{text}</p>
              <p className="whitespace-pre-wrap break-words text-muted-foreground">{remedy}</p>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
