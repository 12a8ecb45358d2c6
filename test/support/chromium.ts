import puppeteer, { type Browser } from "puppeteer-core";

const PROGRAM = process.env.CHROMIUM_BIN ?? "/usr/bin/chromium";

/** What all tests need of it: no sandbox as root, no traffic of its own, pages that run though nobody looks at them. */
const FLAGS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--autoplay-policy=no-user-gesture-required",
  "--disable-background-timer-throttling",
  "--disable-renderer-backgrounding",
  "--disable-backgrounding-occluded-windows",
];

/** Debian's Chromium without a window; further flags come after the common ones. */
export function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  return puppeteer.launch({ executablePath: PROGRAM, headless: true, args: [...FLAGS, ...flags] });
}
