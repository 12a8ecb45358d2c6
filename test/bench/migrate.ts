import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { moveInstallation } from "../../server/store/move/move-installation.ts";
import { startPostgres } from "../support/postgres-server.ts";
import { createQuietLog } from "../support/quiet-log.ts";
import { fillFile } from "./evidence/filled-store.ts";
import { type Figure, machine, tableFrom } from "./evidence/measured.ts";

/**
 * `npm run bench -- migrate [--rows N] [--json FILE]`: how long an installation of a million rows of evidence takes
 * to move into PostgreSQL (Debian's, on loopback, writing to disk as it comes), and to be verified there. Beside
 * it, as a measure of the machine, PostgreSQL's own copy of the same rows from one table into another.
 */
const PEOPLE = 1_100;
/** Copying and comparing all, as a multiple of PostgreSQL's own copy. */
const MOVE_AT_MOST = 8;
const RSS_AT_MOST_MB = 500;

const { values } = parseArgs({
  options: { rows: { type: "string", default: "1000000" }, json: { type: "string" } },
});
const rows = Number(values.rows);
const folder = await mkdtemp(join(tmpdir(), "balai-bench-"));
const say = (line: string) => process.stderr.write(`${line}\n`);
const server = await startPostgres({ isDurable: true });
try {
  say(`filling SQLite with ${rows} rows of evidence`);
  const file = join(folder, "balai.db");
  await fillFile(file, { people: PEOPLE, sessions: Number.POSITIVE_INFINITY, ledgerRows: rows });
  const figures = await moveFigures(file);
  process.stdout.write(`${tableFrom(figures)}\n`);
  if (values.json) {
    await writeFile(values.json, `${JSON.stringify({ machine: machine(), figures }, null, 2)}\n`);
  }
  process.exitCode = figures.every(({ value, atMost }) => atMost === null || value <= atMost) ? 0 : 1;
} finally {
  await server.close();
  await rm(folder, { recursive: true });
}

async function moveFigures(file: string): Promise<Figure[]> {
  await server.createDatabase("balai");
  let copiedAt = 0;
  const startedAt = performance.now();
  const outcome = await moveInstallation({
    file,
    target: server.addressOf("balai"),
    log: createQuietLog().log,
    say(sentence) {
      say(sentence);
      copiedAt = performance.now();
    },
    copied: () => {},
    verified: () => {},
  });
  const endedAt = performance.now();
  if (outcome.kind !== "moved") throw new Error("There was nothing to move");
  const { ledgerRows, chains } = outcome.figures;
  if (ledgerRows !== rows) throw new Error(`${ledgerRows} rows of evidence arrived, not ${rows}`);
  const own = await ownCopyMs();
  const total = endedAt - startedAt;
  const megabytes = (await stat(file)).size / 1_000_000;
  const told = (what: string, value: number, unit: string) => ({ what, value, unit, atMost: null });
  return [
    told(
      `${rows} rows of evidence in ${chains} classes (${megabytes.toFixed(0)} MB in SQLite) copied`,
      (copiedAt - startedAt) / 1000,
      "s",
    ),
    told("every row compared and every chain checked", (endedAt - copiedAt) / 1000, "s"),
    told("PostgreSQL's own copy of the rows of evidence", own / 1000, "s"),
    { what: "the whole move ÷ PostgreSQL's own copy", value: total / own, unit: "×", atMost: MOVE_AT_MOST },
    {
      what: "peak memory of the process (RSS), filling included",
      value: process.resourceUsage().maxRSS / 1024,
      unit: "MB",
      atMost: RSS_AT_MOST_MB,
    },
  ];
}

/** With the same key and the same indexes, committed to disk. */
async function ownCopyMs(): Promise<number> {
  await server.query("balai", "create table own_copy (like ledger including all)");
  const startedAt = performance.now();
  await server.query("balai", "insert into own_copy select * from ledger order by session_id, seq");
  return performance.now() - startedAt;
}
