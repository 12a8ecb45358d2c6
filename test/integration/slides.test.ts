import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deckIdSchema } from "../../server/protocol/ids.ts";
import { createSlides } from "../../server/slides/create-slides.ts";
import { pdfFrom } from "../fixtures/pdf-from.ts";
import { SILENT, type SlidesFixture, slidesFixture } from "../fixtures/slides-fixture.ts";

/** 16 × 16 pixels of #2060c0, JPEG 2000. */
const JPEG_2000 = await readFile(new URL("../fixtures/blue.j2k", import.meta.url));
const NEVER_MADE = deckIdSchema.parse("dck_never");

let fixture: SlidesFixture;
beforeEach(async () => {
  fixture = await slidesFixture();
});
afterEach(() => fixture.close());

/** A picture's size and the colour of one point, given in shares of its width and height. */
async function look(file: string | null, x: number, y: number) {
  const image = await loadImage(await readFile(file ?? "no picture"));
  const context = createCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const point = context.getImageData(Math.floor(x * image.width), Math.floor(y * image.height), 1, 1);
  return { width: image.width, height: image.height, colour: [...point.data.subarray(0, 3)] };
}

function expectColour(found: readonly number[], wanted: readonly number[]): void {
  // WebP loses a little.
  for (const [index, part] of wanted.entries()) expect(Math.abs((found[index] ?? 0) - part)).toBeLessThan(10);
}

describe("slides", () => {
  it("SL1 SL2 a PDF becomes two pictures and the text of every page", async () => {
    const steps: string[] = [];
    const pdf = pdfFrom([
      { text: "Konsep kecerdasan artifisial", colour: [1, 0.8, 0.6] },
      { text: "Etika (2 JP)", colour: [0.2, 0.4, 0.8] },
      { text: "Tegak", width: 595, height: 842, colour: [0, 1, 0] },
    ]);
    const { deckId, result } = fixture.upload(pdf, (done, total) => steps.push(`${done}/${total}`));
    expect(await result).toEqual({ ok: true, data: { pageCount: 3 } });
    expect(steps).toEqual(["0/3", "1/3", "2/3", "3/3"]);
    expect(await fixture.slides.pages(deckId)).toEqual([
      { page: 1, text: "Konsep kecerdasan artifisial", width: 1920, height: 1080 },
      { page: 2, text: "Etika (2 JP)", width: 1920, height: 1080 },
      { page: 3, text: "Tegak", width: 1920, height: 2717 },
    ]);
    const wide = await look(fixture.slides.pictureFile(deckId, 2, 1920), 0.5, 0.9);
    expect([wide.width, wide.height]).toEqual([1920, 1080]);
    expectColour(wide.colour, [51, 102, 204]);
    const narrow = await look(fixture.slides.pictureFile(deckId, 3, 960), 0.5, 0.5);
    expect([narrow.width, narrow.height]).toEqual([960, 1359]);
    expectColour(narrow.colour, [0, 255, 0]);
  });

  it("SL1 letters are drawn, turned pages are turned, JPEG 2000 is decoded", async () => {
    const content = "q 480 0 0 270 480 0 cm /Picture Do Q 0 g BT /F1 900 Tf 0 0 Td (I) Tj ET";
    const entries = "/Width 16 /Height 16 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /JPXDecode";
    const pdf = pdfFrom([{ content }, { content, rotate: 90 }], { picture: { entries, bytes: JPEG_2000 } });
    const { deckId, result } = fixture.upload(pdf);
    expect((await result).ok).toBe(true);
    const upright = fixture.slides.pictureFile(deckId, 1, 1920);
    expectColour((await look(upright, 0.75, 0.75)).colour, [0x20, 0x60, 0xc0]);
    // The stem of a capital I of Helvetica, 900 points high: 0.09 to 0.19 em from its left.
    expectColour((await look(upright, 126 / 960, 0.5)).colour, [0, 0, 0]);
    const turned = await look(fixture.slides.pictureFile(deckId, 2, 1920), 0.25, 0.75);
    expect([turned.width, turned.height]).toEqual([1920, 3413]);
    expectColour(turned.colour, [0x20, 0x60, 0xc0]);
  });

  it("SL1 pages of any size stay within the bounds of a picture", async () => {
    const pdf = pdfFrom([
      { width: 100_000, height: 100_000 },
      { width: 100, height: 10_000 },
      { width: 14_400, height: 3 },
    ]);
    const { deckId, result } = fixture.upload(pdf);
    expect((await result).ok).toBe(true);
    const pages = await fixture.slides.pages(deckId);
    expect(pages?.map(({ width, height }) => [width, height])).toEqual([
      [1920, 1920],
      [38, 3840],
      [1920, 1],
    ]);
  });

  it("SL3 an encrypted PDF that asks for no password is fine", async () => {
    const { deckId, result } = fixture.upload(pdfFrom([{ text: "Boleh dibaca" }], { password: "" }));
    expect((await result).ok).toBe(true);
    expect((await fixture.slides.pages(deckId))?.[0]?.text).toBe("Boleh dibaca");
  });

  it("SL1 SL2 the demo's deck comes out whole", async () => {
    const file = fixture.newFile("konsep-ai.pdf");
    await copyFile(new URL("../../server/demo/konsep-ai.pdf", import.meta.url), file);
    const { deckId, result } = fixture.give(file);
    expect(await result).toEqual({ ok: true, data: { pageCount: 10 } });
    const pages = await fixture.slides.pages(deckId);
    expect(pages?.[8]?.text).toContain("Empat hal yang wajib diwaspadai");
    expectColour(
      (await look(fixture.slides.pictureFile(deckId, 10, 960), 0.99, 0.99)).colour,
      [0x1d, 0x4e, 0xd8],
    );
  });

  it("SL6 what a crash left in the making is removed, finished decks stay", async () => {
    const { deckId, result } = fixture.upload(pdfFrom([{ text: "Tetap" }]));
    await result;
    const folder = join(fixture.dataDir, "slides");
    await mkdir(join(folder, "making-abc123"));
    await writeFile(join(folder, "making-abc123", "p1-960.webp"), "half");
    const later = createSlides({ dataDir: fixture.dataDir, log: SILENT });
    const refused = await later.rasterise(deckId, fixture.newFile("none.pdf"), () => {});
    expect(refused).toMatchObject({ ok: false, code: "already-exists" });
    expect(await readdir(folder)).toEqual([deckId]);
    expect((await later.pages(deckId))?.[0]?.text).toBe("Tetap");
    await later.close();
  });

  it("SL6 pictures and pages are found by a deck's id alone", async () => {
    const { deckId, result } = fixture.upload(pdfFrom([{}]));
    await result;
    const { slides } = fixture;
    expect(slides.pictureFile(deckId, 1, 960)).toMatch(/dck_1\/p1-960\.webp$/);
    for (const page of [0, 2, -1, 1.5, Number.NaN]) expect(slides.pictureFile(deckId, page, 960)).toBeNull();
    expect(slides.pictureFile(NEVER_MADE, 1, 960)).toBeNull();
    expect(await slides.pages(NEVER_MADE)).toBeNull();
    for (const trick of ["../slides/dck_1", "dck_1/../dck_1", "", ".", "dck_1\u0000"]) {
      const id = trick as typeof deckId;
      expect(slides.pictureFile(id, 1, 960)).toBeNull();
      expect(await slides.pages(id)).toBeNull();
    }
  });
});
