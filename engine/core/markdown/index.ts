export { createMarkdown, type Markdown } from "./create-markdown.ts";
