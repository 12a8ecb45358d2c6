import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createCanvas, GlobalFonts, type SKRSContext2D } from "@napi-rs/canvas";
import { colourFrom, initialsFrom } from "../../server/protocol/initials.ts";
import { CORNER_WIDTH, HEIGHT, WIDTH } from "./shot-arguments.ts";

/** Names are drawn as pictures, never written into a filter's text: nothing in a name can be a command there. */

const FONT_FILE = join(
  dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json")),
  "standard_fonts/LiberationSans-Bold.ttf",
);
const FONT = "Balai Export";
/** Of who speaks and has no camera. */
const MAX_NAME_WIDTH = 360;
const BACKGROUND = "#0f172a";
const TILE = "#1e293b";
const INK = "#ffffff";
const MUTED = "#cbd5e1";

let hasFont = false;
function font(size: number): string {
  if (!hasFont) GlobalFonts.registerFromPath(FONT_FILE, FONT);
  hasFont = true;
  return `${size}px "${FONT}", sans-serif`;
}

/** A name at the lower edge of a picture, as PNG. */
export async function labelPng(name: string, maxWidth: number): Promise<Buffer> {
  const size = maxWidth > CORNER_WIDTH ? 26 : 15;
  const height = Math.round(size * 1.7);
  const measuring = createCanvas(1, 1).getContext("2d");
  measuring.font = font(size);
  const text = fitted(measuring, oneLine(name), maxWidth - size * 1.4);
  const width = Math.ceil(measuring.measureText(text).width + size * 1.4);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  context.fillStyle = "rgba(15, 23, 42, 0.82)";
  context.beginPath();
  context.roundRect(0, 0, width, height, 6);
  context.fill();
  write(context, text, { x: width / 2, y: height / 2, size, ink: INK });
  return canvas.encode("png");
}

/** Who speaks and has no camera, for the corner: low, so that it covers little of what stands there. */
export async function cornerPng(name: string): Promise<Buffer> {
  const [height, size, radius] = [44, 16, 16];
  const left = 2 * radius + 18;
  const measuring = createCanvas(1, 1).getContext("2d");
  measuring.font = font(size);
  const text = fitted(measuring, oneLine(name), MAX_NAME_WIDTH - left);
  const textWidth = Math.ceil(measuring.measureText(text).width);
  const width = left + textWidth + 12;
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  context.fillStyle = TILE;
  context.beginPath();
  context.roundRect(0, 0, width, height, 10);
  context.fill();
  avatar(context, name, { x: 10 + radius, y: height / 2, radius });
  write(context, text, { x: left + textWidth / 2, y: height / 2, size, ink: INK });
  return canvas.encode("png");
}

/** Who speaks and has no camera, where nothing stands on the stage. */
export async function personPng(name: string): Promise<Buffer> {
  const { canvas, context } = sheet();
  avatar(context, name, { x: WIDTH / 2, y: HEIGHT / 2 - 40, radius: 120 });
  write(context, oneLine(name), {
    x: WIDTH / 2,
    y: HEIGHT / 2 + 140,
    size: 40,
    ink: INK,
    maxWidth: WIDTH - 160,
  });
  return canvas.encode("png");
}

/** A picture of words: a title in at most three lines, and smaller lines below. */
export async function cardPng(title: string, below: readonly string[]): Promise<Buffer> {
  const { canvas, context } = sheet();
  context.font = font(54);
  const lines = wrapped(context, oneLine(title), WIDTH - 200).slice(0, 3);
  const top = HEIGHT / 2 - lines.length * 35 - below.length * 25 + 35;
  for (const [index, line] of lines.entries()) {
    write(context, line, { x: WIDTH / 2, y: top + index * 70, size: 54, ink: INK, maxWidth: WIDTH - 160 });
  }
  for (const [index, line] of below.entries()) {
    const y = top + lines.length * 70 + index * 50;
    write(context, oneLine(line), { x: WIDTH / 2, y, size: 30, ink: MUTED, maxWidth: WIDTH - 160 });
  }
  return canvas.encode("png");
}

function sheet() {
  const canvas = createCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext("2d");
  context.fillStyle = BACKGROUND;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  return { canvas, context };
}

function avatar(
  context: SKRSContext2D,
  name: string,
  { x, y, radius }: { readonly x: number; readonly y: number; readonly radius: number },
): void {
  context.fillStyle = colourFrom(name);
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
  write(context, initialsFrom(oneLine(name)), { x, y, size: radius * 0.8, ink: INK });
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, " ").trim();
}

function write(
  context: SKRSContext2D,
  text: string,
  at: {
    readonly x: number;
    readonly y: number;
    readonly size: number;
    readonly ink: string;
    readonly maxWidth?: number;
  },
): void {
  context.font = font(at.size);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = at.ink;
  context.fillText(at.maxWidth === undefined ? text : fitted(context, text, at.maxWidth), at.x, at.y);
}

/** Cut at the end where it is too long; a name of a thousand letters costs no more than one of a hundred. */
function fitted(context: SKRSContext2D, text: string, maxWidth: number): string {
  if (text.length < 200 && context.measureText(text).width <= maxWidth) return text;
  const letters = [...text].slice(0, 200);
  while (letters.length > 1 && context.measureText(`${letters.join("")}…`).width > maxWidth) letters.pop();
  return `${letters.join("")}…`;
}

function wrapped(context: SKRSContext2D, text: string, maxWidth: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").slice(0, 100)) {
    const longer = `${lines.at(-1) ?? ""} ${word}`.trim();
    if (lines.length === 0 || context.measureText(longer).width > maxWidth) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
