/** The words of a Markdown text without its marks, cut at a word. */
export function excerpt(markdown: string, length: number): string {
  const plain = markdown
    // A long text costs no more than its beginning.
    .slice(0, length * 8)
    .replace(/```[^\n]*/g, " ")
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^\s{0,3}(#{1,6}|>|[-*+]|\d+[.)])\s+/gm, "")
    .replace(/(\*\*|~~|[*`])(?=\S)(.*?\S)\1/g, "$2")
    // Inside a word an underscore is one.
    .replace(/(?<!\w)(__?)(?=\S)(.*?\S)\1(?!\w)/g, "$2")
    .replace(/\s+/g, " ")
    .trim();
  return plain.length <= length ? plain : `${plain.slice(0, length).replace(/\s+\S*$/, "")}…`;
}
