/** Where a value of a JSON document stands; 1-based. */
export interface JsonPosition {
  line: number;
  column: number;
}

export interface JsonMap {
  /** Position of the value at a path, of its key where it has one, or of the nearest parent that exists. */
  locate(path: readonly PropertyKey[]): JsonPosition;
  /** Keys that stand twice in one object; JSON.parse would silently keep the last. */
  duplicates: (string | number)[][];
  /** Deepest nesting; the map ends where `depthMax` is exceeded. */
  depth: number;
}

interface Frame {
  path: (string | number)[];
  keys: Set<string> | null;
  index: number;
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g;

/** Maps a document that JSON.parse has accepted. Paths grow with depth, so it stops below `depthMax`. */
export function mapJson(text: string, depthMax: number): JsonMap {
  const offsets = new Map<string, number>([["[]", text.search(/\S/)]]);
  const duplicates: (string | number)[][] = [];
  const stack: Frame[] = [];
  let key: string | null = null;
  let depth = 0;
  for (const match of text.matchAll(token)) {
    const [lexeme] = match;
    const frame = stack.at(-1);
    if (lexeme === "}" || lexeme === "]") stack.pop();
    else if (lexeme === ",") {
      if (frame) frame.index++;
      key = null;
    } else if (lexeme !== ":") {
      if (frame?.keys && key === null) {
        key = JSON.parse(lexeme) as string;
        const path = [...frame.path, key];
        if (frame.keys.has(key)) duplicates.push(path);
        frame.keys.add(key);
        offsets.set(JSON.stringify(path), match.index);
        continue;
      }
      const path = frame ? [...frame.path, key ?? frame.index] : [];
      if (frame && !frame.keys) offsets.set(JSON.stringify(path), match.index);
      if (lexeme === "{" || lexeme === "[") {
        stack.push({ path, keys: lexeme === "{" ? new Set() : null, index: 0 });
        depth = Math.max(depth, stack.length);
        if (depth > depthMax) break;
        key = null;
      }
    }
  }
  return { duplicates, depth, locate: (path) => locate(text, offsets, path) };
}

function locate(text: string, offsets: Map<string, number>, path: readonly PropertyKey[]): JsonPosition {
  for (let length = path.length; length >= 0; length--) {
    const offset = offsets.get(JSON.stringify(path.slice(0, length)));
    if (offset !== undefined) return positionOf(text, offset);
  }
  return { line: 1, column: 1 };
}

export function positionOf(text: string, offset: number): JsonPosition {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - before.lastIndexOf("\n") };
}
