import { expect, test } from "vitest";
import { createLogBuffer } from "./log-buffer.ts";

const texts = (lines: { text: string }[]) => lines.map((line) => line.text);

test("only the newest lines are kept, oldest first", () => {
  const logs = createLogBuffer({ maxLines: 3 });
  for (let i = 0; i < 10; i++) logs.add("stdout", `line ${i}`);
  expect(texts(logs.tail(100))).toEqual(["line 7", "line 8", "line 9"]);
  expect(texts(logs.tail(1))).toEqual(["line 9"]);
  expect(logs.tail(0)).toEqual([]);
});

test("the text kept never exceeds its limit of bytes", () => {
  const logs = createLogBuffer({ maxBytes: 100 });
  for (let i = 0; i < 50; i++) logs.add("stdout", String(i).padStart(30, "0"));
  expect(texts(logs.tail(100)).join("").length).toBeLessThanOrEqual(100);
  expect(logs.tail(1)[0]?.text).toMatch(/49$/);
});

test("since() gives what came after a moment, as far as it is still held", () => {
  const logs = createLogBuffer({ maxLines: 3 });
  logs.add("stdout", "before");
  const moment = logs.total;
  logs.add("stderr", "after");
  expect(texts(logs.since(moment))).toEqual(["after"]);
  for (let i = 0; i < 5; i++) logs.add("stdout", `more ${i}`);
  expect(texts(logs.since(moment))).toEqual(["more 2", "more 3", "more 4"]);
});

test("a listener hears each line until it leaves", () => {
  const logs = createLogBuffer();
  const heard: string[] = [];
  const leave = logs.on((line) => heard.push(line.text));
  logs.add("stdout", "one");
  leave();
  logs.add("stdout", "two");
  expect(heard).toEqual(["one"]);
});
