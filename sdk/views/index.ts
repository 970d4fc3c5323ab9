export { type Read, readBadgeAnswer, readWidgetAnswer } from "./read-answer.ts";
export type {
  BadgeAnswer,
  ChartAnswer,
  FiguresAnswer,
  ListAnswer,
  MarkdownAnswer,
  NumberFormat,
  TableAnswer,
  WidgetAnswers,
  WidgetViewKind,
} from "./view-kinds.ts";
