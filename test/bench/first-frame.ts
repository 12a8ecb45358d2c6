import { launchBrowser } from "../support/e2e-browser.ts";
import { quantile } from "./evidence/measured.ts";
import { startBareSfu } from "./load/bare-sfu.ts";
import { startLoadClient } from "./load/load-client.ts";
import { startLoadedClass } from "./load/loaded-class.ts";
import { type BenchOptions, type Finding, runBench } from "./page/run-bench.ts";

/**
 * `npm run bench -- first-frame [--quick] [--json FILE]`: from the click that joins a class until the first picture of
 * somebody else is on screen, in Chromium, against a page that has nothing but mediasoup-client; one after the other, each
 * in a window of its own.
 */
const CLIENT_CORE = 1;
const MOST_RATIO = 1.2;
const WINDOW = { width: 1366, height: 768 };

interface Watched {
  clickedAt: number;
  shownAt: number;
}

await runBench(measure);

async function measure({ isQuick, say }: BenchOptions): Promise<Finding> {
  const rounds = isQuick ? 5 : 25;
  const client = await startLoadClient({ core: CLIENT_CORE });
  const lesson = await startLoadedClass({ client, group: 1, people: rounds + 1 });
  const bare = await startBareSfu({ client, group: 2 });
  const browser = await launchBrowser(lesson.url);
  try {
    await lesson.publish("camera", ["camera"]);
    await bare.publish(["camera"]);
    const barePage = await bare.page();
    const shown = async (name: string, address: string, button: string) => {
      const { page } = await browser.guest(name, WINDOW, []);
      await page.evaluateOnNewDocument(watchPictures);
      await page.goto(address, { waitUntil: "networkidle0" });
      await page.locator(button).wait();
      const ms = await page.evaluate(clickAndWait, button);
      await page.browserContext().close();
      return ms;
    };
    const inClass: number[] = [];
    const alone: number[] = [];
    // The first of each is a browser that warms up.
    for (let round = 0; round <= rounds; round += 1) {
      const classMs = await shown("class", lesson.links[round] ?? "", ".join-go button");
      const bareMs = await shown("bare", barePage, "button");
      say(
        `${round === 0 ? "not counted: " : ""}class ${classMs.toFixed(0)} ms, mediasoup alone ${bareMs.toFixed(0)} ms`,
      );
      if (round === 0) continue;
      inClass.push(classMs);
      alone.push(bareMs);
    }
    return finding(inClass, alone);
  } finally {
    await browser.close();
    await lesson.close();
    bare.close();
    client.close();
  }
}

/** Runs in the page before its own scripts: notes the first picture of any video element. */
function watchPictures(): void {
  const watched: Watched = { clickedAt: 0, shownAt: 0 };
  Object.assign(window, { watched });
  const seen = new Set<HTMLVideoElement>();
  const look = () => {
    for (const video of document.querySelectorAll("video")) {
      if (seen.has(video)) continue;
      seen.add(video);
      // Not the callback's own time: that of a turn of drawing may be before the picture came.
      video.requestVideoFrameCallback((_now, { presentationTime }) => {
        watched.shownAt ||= presentationTime;
      });
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}

async function clickAndWait(selector: string): Promise<number> {
  const { watched } = window as unknown as { watched: Watched };
  watched.clickedAt = performance.now();
  document.querySelector<HTMLButtonElement>(selector)?.click();
  while (watched.shownAt === 0) {
    if (performance.now() - watched.clickedAt > 20_000) throw new Error("no picture came");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return watched.shownAt - watched.clickedAt;
}

function finding(inClass: readonly number[], alone: readonly number[]): Finding {
  const shares = [0.5, 0.95] as const;
  const told = (what: string, value: number, unit: string, atMost: number | null = null) => {
    return { what, value, unit, atMost };
  };
  return {
    title: "From the click that joins to the first picture, in Chromium",
    figures: [
      ...shares.map((share) =>
        told(
          `p${100 * share}, class ÷ mediasoup alone`,
          quantile(inClass, share) / quantile(alone, share),
          "×",
          MOST_RATIO,
        ),
      ),
      ...shares.map((share) => told(`p${100 * share}, class`, quantile(inClass, share), "ms")),
      ...shares.map((share) => told(`p${100 * share}, mediasoup alone`, quantile(alone, share), "ms")),
    ],
    notes: [
      `${inClass.length} joins of each, one after the other, in a new window each. The load client is the camera.`,
    ],
    charts: [
      {
        kind: "lines",
        title: "Click to first picture",
        across: "share of joins, %",
        up: "ms",
        series: [
          { name: "class", points: pointsOf(inClass) },
          { name: "mediasoup alone", points: pointsOf(alone) },
        ],
      },
    ],
  };
}

function pointsOf(values: readonly number[]): [number, number][] {
  return [5, 25, 50, 75, 90, 95, 100].map((share) => [share, quantile(values, share / 100)]);
}
