export {
  type BadgeAnswer,
  badgeAnswer,
  type ChartAnswer,
  type FiguresAnswer,
  type ListAnswer,
  type MarkdownAnswer,
  type NumberFormat,
  type TableAnswer,
  type WidgetAnswers,
  type WidgetViewKind,
} from "./answers.ts";
export { type ReadAnswer, readWidgetAnswer } from "./read-answer.ts";
