import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Config } from "../config.ts";
import { MOVED_NOTE, SQLITE_FILE } from "../installation.ts";
import type { Log } from "../ports.ts";
import { lockDataDir } from "../store/data-dir-lock.ts";
import { type DatabaseAddress, databaseAddressFrom, databaseName } from "../store/database-address.ts";
import { type MoveOutcome, moveInstallation } from "../store/move/move-installation.ts";
import { lockPostgres } from "../store/postgres-locks.ts";
import type { CommandLine } from "./evidence.ts";

const USAGE = `Usage: npm run balai -- migrate [--to postgres://USER:PASSWORD@HOST:PORT/DATABASE]

Copies the records and the ledger from SQLite in DATA_DIR into an empty PostgreSQL database (without --to:
that of DATABASE_URL, which no list of processes shows) and verifies every row and every chain there. Stop
the server first. What was interrupted goes on when it is run again; SQLite's file stays as it is.
`;
const SAID_EVERY_MS = 2_000;

/** `balai migrate …` without the word itself. Answers with the exit status: 0 moved, 1 not, 2 a wrong command line. */
export async function runMigrateCommand(
  argv: readonly string[],
  config: Config,
  log: Log,
  line: CommandLine,
): Promise<number> {
  const target = targetFrom(argv, config);
  if (target === null) {
    const isAskedFor = argv[0] === "--help" || argv[0] === "help";
    (isAskedFor ? line.stdout : line.stderr).write(USAGE);
    return isAskedFor ? 0 : 2;
  }
  try {
    await moveLocked(target, config.dataDir, log, line);
    return 0;
  } catch (fault) {
    line.stderr.write(`Nothing uses PostgreSQL yet: ${reasonOf(fault)}.\n`);
    return 1;
  }
}

/** The address may have come by `--to`: the variable is not named. */
function reasonOf(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const sentence = fault.message.replace(/^DATABASE_URL: /, "");
  return fault.cause instanceof Error ? `${sentence} (${fault.cause.message})` : sentence;
}

function targetFrom(argv: readonly string[], config: Config): DatabaseAddress | null {
  try {
    const { values } = parseArgs({ args: [...argv], options: { to: { type: "string" } } });
    return values.to === undefined ? config.database : databaseAddressFrom(values.to);
  } catch {
    return null;
  }
}

/** No server may run on what is moved, nor on where it goes. */
async function moveLocked(
  target: DatabaseAddress,
  dataDir: string,
  log: Log,
  line: CommandLine,
): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const folderLock = lockDataDir(dataDir);
  try {
    const gone = new AbortController();
    const databaseLock = await lockPostgres(target, log, (why) => gone.abort(new Error(why)));
    try {
      const say = (sentence: string) => line.stderr.write(`${sentence} …\n`);
      say(`Moving the records of ${dataDir} into ${databaseName(target)}`);
      const outcome = await moveInstallation({
        file: join(dataDir, SQLITE_FILE),
        target,
        log,
        say,
        copied: progressTo(line, "copied"),
        verified: progressTo(line, "verified"),
      });
      await noteMove(dataDir, target);
      line.stdout.write(sentencesOf(outcome, target));
    } finally {
      await databaseLock.close();
    }
  } finally {
    folderLock.close();
  }
}

/** Every few seconds, and when a table of some size is done. */
function progressTo(line: CommandLine, done: string) {
  let saidAt = performance.now();
  return (table: string, rows: number, of: number) => {
    const now = performance.now();
    if (now - saidAt < SAID_EVERY_MS) return;
    saidAt = now;
    line.stderr.write(`  ${table}: ${rows} of ${of} rows ${done}\n`);
  };
}

/** Read by a start without DATABASE_URL, which would go on with old records. */
async function noteMove(dataDir: string, target: DatabaseAddress): Promise<void> {
  const text =
    `The records were moved to ${databaseName(target)}; the server is started with DATABASE_URL.\n` +
    `To go back to ${SQLITE_FILE} as it was then, delete this file.\n`;
  await writeFile(join(dataDir, MOVED_NOTE), text);
}

function sentencesOf(outcome: MoveOutcome, target: DatabaseAddress): string {
  const start = `Start the server with DATABASE_URL=postgres://… (${databaseName(target)}) and the same DATA_DIR.\n`;
  if (outcome.kind === "already")
    return `This installation was moved there already; nothing was changed.\n${start}`;
  const { rows, tables, chains, ledgerRows, trailRows } = outcome.figures;
  return (
    `GOOD  ${rows} rows in ${tables} tables, each as in SQLite\n` +
    `GOOD  ${chains} classes with ${ledgerRows} rows of evidence, each chained to the one before it\n` +
    `GOOD  ${trailRows} rows of the trail, each chained to the one before it\n${start}`
  );
}
