import { existsSync } from "node:fs";
import chromium from "@sparticuz/chromium";

const installed = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** A browser of the machine's, else the one in the npm package, unpacked once into the temporary directory. */
export async function findChromium(): Promise<string> {
  const given = process.env.CHROMIUM_PATH;
  return given ?? installed.find((path) => existsSync(path)) ?? (await chromium.executablePath());
}
