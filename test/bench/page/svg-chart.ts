import type { Chart } from "./bench-result.ts";

const WIDTH = 640;
const BAR_HEIGHT = 30;
const LABEL_WIDTH = 210;
const VALUE_WIDTH = 90;
const TOP = 44;
const PLOT = { left: 64, right: 150, height: 220 };
/** Told apart by who sees no colours too: each line has dashes of its own. */
const STROKES = [
  { colour: "#1d4ed8", dashes: "" },
  { colour: "#b45309", dashes: "7 3" },
  { colour: "#047857", dashes: "2 3" },
  { colour: "#7e22ce", dashes: "9 3 2 3" },
] as const;

type Bars = Extract<Chart, { kind: "bars" }>;
type Lines = Extract<Chart, { kind: "lines" }>;

/** The chart as an SVG file that stands on its own. */
export function svgFrom(chart: Chart): string {
  return chart.kind === "bars" ? barsFrom(chart) : linesFrom(chart);
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function text(x: number, y: number, words: string, more = ""): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${escaped(words)}</text>`;
}

function figureOf(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return Math.abs(value) >= 100 ? String(Math.round(value)) : value.toPrecision(3).replace(/\.?0+$/, "");
}

function framed(height: number, title: string, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" ` +
      `role="img" font-family="system-ui, sans-serif" font-size="13" fill="#111827">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(12, 24, title, 'font-size="15" font-weight="600"'),
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

function barsFrom({ title, unit, bars }: Bars): string {
  const most = Math.max(0, ...bars.map(({ value }) => value).filter(Number.isFinite)) || 1;
  const room = WIDTH - LABEL_WIDTH - VALUE_WIDTH;
  const parts = bars.flatMap(({ label, value }, index) => {
    const y = TOP + index * BAR_HEIGHT;
    const width = Number.isFinite(value) ? Math.max(1, (room * value) / most) : 1;
    return [
      text(LABEL_WIDTH - 10, y + 15, label, 'text-anchor="end"'),
      `<rect x="${LABEL_WIDTH}" y="${y}" width="${width.toFixed(1)}" height="${BAR_HEIGHT - 9}" rx="2" fill="${STROKES[0].colour}"/>`,
      text(LABEL_WIDTH + width + 8, y + 15, `${figureOf(value)} ${unit}`.trim()),
    ];
  });
  return framed(TOP + bars.length * BAR_HEIGHT + 8, title, parts);
}

/** Four or five round numbers from 0 to at least this. */
function ticksTo(most: number): readonly number[] {
  const rough = most / 4 || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? rough;
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
}

function linesFrom({ title, across, up, limit, series }: Lines): string {
  const points = series.flatMap((one) => one.points);
  const xTicks = ticksTo(Math.max(1, ...points.map(([x]) => x)));
  const yTicks = ticksTo(Math.max(limit ?? 0, ...points.map(([, y]) => y)) || 1);
  const right = WIDTH - PLOT.right;
  const bottom = TOP + 12 + PLOT.height;
  const xOf = (x: number) => PLOT.left + ((right - PLOT.left) * x) / (xTicks.at(-1) ?? 1);
  const yOf = (y: number) => bottom - (PLOT.height * y) / (yTicks.at(-1) ?? 1);
  const grid = [
    ...yTicks.flatMap((y) => [
      `<path d="M${PLOT.left} ${yOf(y).toFixed(1)}H${right}" stroke="#e5e7eb"/>`,
      text(PLOT.left - 8, yOf(y) + 4, figureOf(y), 'text-anchor="end"'),
    ]),
    ...xTicks.map((x) => text(xOf(x), bottom + 18, figureOf(x), 'text-anchor="middle"')),
    text((PLOT.left + right) / 2, bottom + 38, across, 'text-anchor="middle"'),
    text(12, TOP - 2, up),
  ];
  const bound =
    limit === undefined
      ? []
      : [
          `<path d="M${PLOT.left} ${yOf(limit).toFixed(1)}H${right}" stroke="#b91c1c" stroke-dasharray="4 4"/>`,
          text(right + 8, yOf(limit) + 4, figureOf(limit), 'fill="#b91c1c"'),
        ];
  const drawn = series.flatMap(({ name, points: own }, index) => {
    const { colour, dashes } = STROKES[index % STROKES.length] ?? STROKES[0];
    const path = own.map(([x, y], at) => `${at === 0 ? "M" : "L"}${xOf(x).toFixed(1)} ${yOf(y).toFixed(1)}`);
    const y = TOP + 24 + index * 20;
    return [
      `<path d="${path.join("")}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dashes}"/>`,
      ...own.map(
        ([px, py]) =>
          `<circle cx="${xOf(px).toFixed(1)}" cy="${yOf(py).toFixed(1)}" r="3" fill="${colour}"/>`,
      ),
      `<path d="M${right + 10} ${y - 4}h18" stroke="${colour}" stroke-width="2" stroke-dasharray="${dashes}"/>`,
      text(right + 33, y, name, 'font-size="12"'),
    ];
  });
  return framed(bottom + 50, title, [...grid, ...bound, ...drawn]);
}
