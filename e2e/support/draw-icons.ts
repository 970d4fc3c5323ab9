// `npm run build:icons`: every icon of public/ from its icon.svg, by the browser of the tests.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { findChromium } from "./find-chromium.ts";

const publicDir = join(import.meta.dirname, "../../public");
const svg = await readFile(join(publicDir, "icon.svg"), "utf8");
// Systems cut their own corners: iOS from its square, Android any shape that leaves the middle four fifths.
const square = svg.replace(/ rx="\d+"/, "");
const maskable = square
  .replace('viewBox="0 0 32 32"', 'viewBox="-4 -4 40 40"')
  .replace(/<rect width="32" height="32"/, '<rect x="-4" y="-4" width="40" height="40"');

const browser = await chromium.launch({ executablePath: await findChromium(), args: ["--no-sandbox"] });
const page = await browser.newPage();

async function draw(source: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size });
  const sized = source.replace("<svg ", `<svg width="${size}" height="${size}" style="display:block" `);
  await page.setContent(`<body style="margin:0;background:transparent">${sized}</body>`);
  return await page.screenshot({ omitBackground: true, type: "png" });
}

/** Windows' icon directory, its images as PNG (every browser since 2010 reads it). */
function packIco(images: { size: number; png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  for (const [i, { size, png }] of images.entries()) {
    const at = 6 + 16 * i;
    head.writeUInt8(size, at);
    head.writeUInt8(size, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...images.map(({ png }) => png)]);
}

const write = (name: string, bytes: Buffer) => writeFile(join(publicDir, name), bytes);
await write("icon-192.png", await draw(svg, 192));
await write("icon-512.png", await draw(svg, 512));
await write("icon-maskable-512.png", await draw(maskable, 512));
await write("apple-touch-icon.png", await draw(square, 180));
const small: { size: number; png: Buffer }[] = [];
for (const size of [16, 32, 48]) small.push({ size, png: await draw(svg, size) });
await write("favicon.ico", packIco(small));
await browser.close();
