import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createSqliteStore } from "../../server/store/store.ts";
import { createQuietLog } from "../support/quiet-log.ts";
import { appendCost } from "./evidence/append-cost.ts";
import { fillFile } from "./evidence/filled-store.ts";
import { joinStorm } from "./evidence/join-storm.ts";
import { type Figure, machine, tableFrom } from "./evidence/measured.ts";
import { verifyLedger } from "./evidence/verify-ledger.ts";

/**
 * `npm run bench -- evidence [--json FILE]`: the figures of the evidence, measured on this machine with the real
 * store, rules and reports. Ends with 1 where one is missed.
 */
const PEOPLE = 1_100;
const SESSIONS = 40;
const LEDGER_ROWS = 1_000_000;
/**
 * Rows a commit, and how much dearer than bare inserts of as many they may be. One row is what an append costs; in
 * a large commit what is measured is hashing, not durability, and only told.
 */
const APPENDS: readonly (readonly [number, number | null])[] = [
  [1, 1.5],
  [50, null],
];

const { values } = parseArgs({ options: { json: { type: "string" } } });
const folder = await mkdtemp(join(tmpdir(), "balai-bench-"));
const say = (line: string) => process.stderr.write(`${line}\n`);
try {
  const figures = [
    ...(await attendanceFigures()),
    ...(await ledgerFigures()),
    ...(await appendFigures()),
    await joinFigure(),
  ];
  process.stdout.write(`${tableFrom(figures)}\n`);
  if (values.json)
    await writeFile(values.json, `${JSON.stringify({ machine: machine(), figures }, null, 2)}\n`);
  process.exitCode = figures.every(({ value, atMost }) => atMost === null || value <= atMost) ? 0 : 1;
} finally {
  await rm(folder, { recursive: true });
}

async function attendanceFigures(): Promise<Figure[]> {
  say(`filling a programme: ${PEOPLE} people, ${SESSIONS} sessions`);
  const file = join(folder, "attendance.db");
  const { code } = await fillFile(file, { people: PEOPLE, sessions: SESSIONS, ledgerRows: LEDGER_ROWS });
  const run = fileURLToPath(new URL("evidence/attendance-run.ts", import.meta.url));
  const child = spawn(process.execPath, [run, file, code], { stdio: ["ignore", "pipe", "inherit"] });
  const printed = text(child.stdout);
  const [status] = await once(child, "close");
  if (status !== 0) throw new Error(`the report ended with ${status}`);
  const { totalMs, peakRssMb, longestStallMs } = JSON.parse(await printed);
  const what = `attendance of ${PEOPLE} people × ${SESSIONS} sessions, from the ledger to XLSX`;
  return [
    { what, value: totalMs / 1000, unit: "s", atMost: 5 },
    { what: "its peak memory (RSS)", value: peakRssMb, unit: "MB", atMost: 500 },
    { what: "its longest stall of the event loop", value: longestStallMs, unit: "ms", atMost: 250 },
  ];
}

async function ledgerFigures(): Promise<Figure[]> {
  say(`filling a ledger with ${LEDGER_ROWS} rows`);
  const file = join(folder, "ledger.db");
  const { sessionIds } = await fillFile(file, {
    people: PEOPLE,
    sessions: Number.POSITIVE_INFINITY,
    ledgerRows: LEDGER_ROWS,
  });
  const store = await createSqliteStore({ file, log: createQuietLog().log });
  const { rows, seconds } = await verifyLedger(store, sessionIds);
  await store.close();
  return [{ what: `${rows} ledger rows verified`, value: seconds, unit: "s", atMost: 10 }];
}

async function appendFigures(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [rows, atMost] of APPENDS) {
    say(`appending ${rows} rows a commit, and inserting as many without a ledger`);
    const what = `durable append ÷ bare insert, ${rows} rows a commit`;
    figures.push({ what, value: await appendCost(folder, rows), unit: "×", atMost });
  }
  return figures;
}

async function joinFigure(): Promise<Figure> {
  say(`groups of ${PEOPLE} joins`);
  const value = await joinStorm(folder, PEOPLE);
  return { what: `a group of ${PEOPLE} joins durable, p99`, value, unit: "ms", atMost: 100 };
}
