import { cn } from "@/components/ui/cn";
import { Minus, TrendingDown, TrendingUp } from "@/components/ui/icons";
import { useLocale } from "@/components/ui/locale";
import { Sparkline } from "@/components/ui/sparkline";
import type { FiguresAnswer } from "@/sdk/views/index.ts";
import { formatDelta, formatValue } from "./format-value.ts";
import { texts } from "./texts.ts";
import { ViewLink } from "./view-link.tsx";
import type { ViewSource } from "./view-source.ts";

type Figure = FiguresAnswer["figures"][number];

export function FiguresView({ answer, source }: { answer: FiguresAnswer; source: ViewSource }) {
  return (
    <dl className="grid h-full grid-cols-[repeat(auto-fit,minmax(min(7rem,100%),1fr))] content-start gap-x-6 gap-y-4 px-4 py-3">
      {answer.figures.map((figure, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: figures have no identity but their place
        <FigureCell key={i} figure={figure} source={source} />
      ))}
    </dl>
  );
}

function FigureCell({ figure, source }: { figure: Figure; source: ViewSource }) {
  const { locale } = useLocale();
  const { value, format } = figure;
  const written =
    value === null ? "–" : typeof value === "number" ? formatValue(value, { format }, locale) : value;
  return (
    <div className="grid min-w-0 content-start gap-1">
      <dt className="truncate text-muted-foreground">
        <ViewLink
          module={source.module}
          pages={source.href !== null}
          link={figure.link}
          className="hover:underline"
        >
          {figure.label}
        </ViewLink>
      </dt>
      <dd className="flex flex-wrap items-baseline gap-x-1.5">
        <span className="tabular text-xl font-semibold tracking-tight">{written}</span>
        {figure.unit ? <span className="text-xs text-muted-foreground">{figure.unit}</span> : null}
        {value === null ? <span className="sr-only">{texts.unknown}</span> : null}
        {figure.delta ? <Delta delta={figure.delta} format={format} /> : null}
      </dd>
      {figure.series && figure.series.length > 1 ? (
        <dd>
          <Sparkline
            values={figure.series}
            label={courseWords(figure.series, figure.label, (each) => formatValue(each, figure, locale))}
            className="w-full"
          />
        </dd>
      ) : null}
    </div>
  );
}

function Delta(props: { delta: NonNullable<Figure["delta"]>; format: Figure["format"] }) {
  const { locale } = useLocale();
  const { value, label, good } = props.delta;
  const direction = value > 0 ? "up" : value < 0 ? "down" : null;
  const Icon = direction === null ? Minus : direction === "up" ? TrendingUp : TrendingDown;
  const tone =
    direction === null || good === undefined
      ? "text-muted-foreground"
      : direction === good
        ? "text-success"
        : "text-danger";
  return (
    <span className="flex min-w-0 items-center gap-1 self-center text-xs">
      <Icon aria-hidden className={cn("size-3.5 shrink-0", tone)} />
      <span className={cn("tabular", tone)}>{formatDelta(value, props.format, locale)}</span>
      {label ? <span className="truncate text-muted-foreground">{label}</span> : null}
    </span>
  );
}

function courseWords(series: (number | null)[], label: string, write: (value: number) => string): string {
  const known = series.filter((value) => value !== null);
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return texts.courseUnknown(label);
  return texts.course({
    label,
    first: write(first),
    last: write(last),
    least: write(Math.min(...known)),
    most: write(Math.max(...known)),
  });
}
