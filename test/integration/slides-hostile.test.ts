import { truncate, writeFile } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import { deflateSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import type { SlidesOptions } from "../../server/slides/create-slides.ts";
import { pdfFrom } from "../fixtures/pdf-from.ts";
import { type SlidesFixture, slidesFixture } from "../fixtures/slides-fixture.ts";

const MIB = 1024 * 1024;
const GOOD = pdfFrom([{ text: "satu" }, { text: "dua" }, { text: "tiga" }]);
/** A page of 10^12 rectangles. */
const ENDLESS = pdfFrom([{ content: "/Loop Do" }], { loopDepth: 12 });

let open: SlidesFixture[] = [];
afterEach(async () => {
  for (const fixture of open) await fixture.close();
  open = [];
});

async function slidesWith(options: Partial<SlidesOptions> = {}): Promise<SlidesFixture> {
  const fixture = await slidesFixture(options);
  open.push(fixture);
  return fixture;
}

/** A stream of spaces, `size` bytes long when it is inflated twice. */
function bomb(size: number): Buffer {
  const bytes = deflateSync(deflateSync(Buffer.alloc(size, " "), { level: 9 }), { level: 9 });
  return pdfFrom([{ stream: { entries: "/Filter [/FlateDecode /FlateDecode]", bytes } }]);
}

describe("slides of files that are not good", () => {
  it.each([
    ["an empty file", Buffer.alloc(0), "pdf-broken"],
    ["a web page", Buffer.from("<!doctype html><title>Masuk</title>".repeat(100)), "pdf-broken"],
    [
      "noise",
      Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * index * 31) % 251)),
      "pdf-broken",
    ],
    ["noise after a header", Buffer.concat([GOOD.subarray(0, 20), Buffer.alloc(9_000, "x")]), "pdf-broken"],
    ["a file cut in the middle", GOOD.subarray(0, GOOD.length / 2), "pdf-broken"],
    [
      "a page that is not there",
      Buffer.from(GOOD.toString("latin1").replace("9 0 R]", "77 0 R]"), "latin1"),
      "pdf-broken",
    ],
    ["a file with a password", pdfFrom([{ text: "rahasia" }], { password: "rahasia" }), "pdf-encrypted"],
    ["2,000 pages", pdfFrom(Array.from({ length: 2000 }, () => ({}))), "pdf-too-many-pages"],
  ])("SL3 SL5 %s is refused and leaves nothing", async (_, bytes, code) => {
    const fixture = await slidesWith();
    expect(await fixture.upload(bytes).result).toMatchObject({ ok: false, code });
    expect(await fixture.remains()).toEqual([]);
  });

  it("SL3 a file of 200 MB is refused before anything reads it", async () => {
    // A Node that is not there: nothing may be started.
    const fixture = await slidesWith({ nodeBin: "/nowhere/node" });
    const file = fixture.newFile("large.pdf");
    await writeFile(file, GOOD);
    await truncate(file, 200 * MIB);
    expect(await fixture.give(file).result).toMatchObject({ ok: false, code: "pdf-too-large" });
    expect(await fixture.remains()).toEqual([]);
  });

  it.each([
    ["a page without end, by the page's time", ENDLESS, { pageMs: 1500 }],
    ["a page without end, by the deck's time", ENDLESS, { deckMs: 1500 }],
    ["a page without end, by V8's heap", ENDLESS, { maxHeapMib: 40 }],
    [
      "a stream of a kilobyte that inflates to 400 MiB, by memory",
      bomb(400 * MIB),
      { maxResidentBytes: 350 * MIB },
    ],
  ])("SL4 SL5 %s is refused and the server never waits", async (_, bytes, limits) => {
    const fixture = await slidesWith({ limits });
    const before = performance.eventLoopUtilization();
    expect(await fixture.upload(bytes).result).toMatchObject({ ok: false, code: "pdf-too-slow" });
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
    expect(await fixture.remains()).toEqual([]);
  });

  it("SL5 a file that cannot be worked on for our own reasons is refused as unavailable", async () => {
    const fixture = await slidesWith({ nodeBin: "/nowhere/node" });
    expect(await fixture.upload(GOOD).result).toMatchObject({ ok: false, code: "unavailable" });
    expect(await fixture.remains()).toEqual([]);
  });
});

describe("slides of several files", () => {
  it("SL7 two are worked on at once, beside each other", async () => {
    const fixture = await slidesWith({ limits: { children: 2 } });
    const opened = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const uploads = opened.map(({ resolve }) => fixture.upload(ENDLESS, () => resolve()));
    await Promise.all(opened.map(({ promise }) => promise));
    await fixture.slides.close();
    for (const { result } of uploads) expect(await result).toMatchObject({ ok: false, code: "unavailable" });
  });

  it("SL7 more than that wait in order, and a bad one harms none", async () => {
    const fixture = await slidesWith({ limits: { children: 1 } });
    const ended: string[] = [];
    const uploads = [GOOD, Buffer.from("no"), GOOD].map((bytes) => fixture.upload(bytes));
    await Promise.all(
      uploads.map(async ({ deckId, result }) => ended.push(`${deckId} ${(await result).ok}`)),
    );
    expect(ended).toEqual(["dck_1 true", "dck_2 false", "dck_3 true"]);
    expect(await fixture.remains()).toEqual(["dck_1", "dck_3"]);
  });

  it("SL8 closing ends what runs and what waits, leaves nothing, and can be done twice", async () => {
    const fixture = await slidesWith({ limits: { children: 1 } });
    const opened = Promise.withResolvers<void>();
    const running = fixture.upload(ENDLESS, () => opened.resolve());
    await opened.promise;
    const waiting = fixture.upload(GOOD);
    await Promise.all([fixture.slides.close(), fixture.slides.close()]);
    expect(await running.result).toMatchObject({ ok: false, code: "unavailable" });
    expect(await waiting.result).toMatchObject({ ok: false, code: "unavailable" });
    expect(await fixture.upload(GOOD).result).toMatchObject({ ok: false, code: "unavailable" });
    expect(await fixture.remains()).toEqual([]);
  });
});
