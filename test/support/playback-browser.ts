import type { Browser, Page } from "puppeteer-core";
import { build } from "vite";
import type { ApiServer } from "./api-server.ts";
import { launchChromium } from "./chromium.ts";

/** Chromium with the playback engine on a page of its own, which asks a test's API. */
export interface PlaybackBrowser {
  readonly browser: Browser;
  /** A page on which the recording is open; `cookie` is of whoever watches. */
  open(server: ApiServer, cookie: string, recordingId: string): Promise<Page>;
  close(): Promise<void>;
}

export async function launchPlaybackBrowser(): Promise<PlaybackBrowser> {
  const script = await bundle(new URL("./playback-page.ts", import.meta.url).pathname);
  const browser = await launchChromium();
  return {
    browser,
    async open(server, cookie, recordingId) {
      const page = await browser.newPage();
      const url = `http://127.0.0.1:${server.port}/`;
      await page.setRequestInterception(true);
      page.on("request", (request) => {
        const isScript = request.url() === `${url}page.js`;
        if (isScript) void request.respond({ contentType: "text/javascript", body: script });
        else if (request.url() === url) void request.respond({ contentType: "text/html", body: PAGE });
        else void request.continue();
      });
      const [name = "", value = ""] = cookie.split("=", 2);
      await browser.setCookie({ name, value, domain: "127.0.0.1", path: "/" });
      await page.goto(url);
      await page.waitForFunction(() => window.openRecording !== undefined);
      await page.evaluate((id) => window.openRecording(id), recordingId);
      return page;
    },
    close: () => browser.close(),
  };
}

const PAGE = "<!doctype html><title>playback</title><body><script type=module src=/page.js></script></body>";

async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, minify: false, lib: { entry, formats: ["es"], fileName: "page" } },
  });
  const [output] = [built].flat();
  if (!output || !("output" in output)) throw new Error("the test page was not built");
  return output.output[0].code;
}
