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
} from "./answers.ts";
export { type Read, readBadgeAnswer, readWidgetAnswer } from "./read-answer.ts";
