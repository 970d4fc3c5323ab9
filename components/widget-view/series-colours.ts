/** Of a chart's series, in their order. */
export const seriesColours = [
  "text-primary",
  "text-success",
  "text-warning",
  "text-danger",
  "text-muted-foreground",
  "text-foreground",
];
