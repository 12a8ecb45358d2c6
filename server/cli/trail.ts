import { z } from "zod";
import type { Clock, Signer, TrailHead, TrailStore } from "../ports.ts";
import { canonicalJson } from "../reports/canonical.ts";
import { publicKeyFrom, signPack, verifyPackSignature } from "../reports/pack-signature.ts";
import { publicKeyPem } from "../reports/public-key-pem.ts";
import { verifyTrail } from "../reports/verify-trail.ts";
import type { CommandLine } from "./evidence.ts";

const USAGE = `Usage: npm run balai -- trail verify [--since FILE]
       npm run balai -- trail export FILE

verify  checks the whole trail and names the first bad row; with an earlier export also that it still
        goes on from where it stood then
export  writes all rows and, signed, where they end
`;
const FORMAT = "balai-trail/1";

interface TrailCommandParts {
  readonly trail: TrailStore;
  readonly clock: Clock;
  readonly signer: Signer;
  /** Writes a new file, its owner's alone; rejects where there is one already. */
  readonly writeFile: (file: string, text: string) => Promise<void>;
}

const exportSchema = z.looseObject({
  format: z.literal(FORMAT),
  head: z.strictObject({ seq: z.number(), at: z.number(), hash: z.string() }).nullable(),
  signature: z.string(),
});

/** `balai trail …` without the word itself. Answers with the exit status: 0 good, 1 bad, 2 a wrong command line. */
export async function runTrailCommand(
  argv: readonly string[],
  parts: TrailCommandParts,
  line: CommandLine,
): Promise<number> {
  const [action, ...rest] = argv;
  const [option, file] = rest;
  if (action === "verify" && rest.length === 0) return verify(parts, null, line);
  if (action === "verify" && rest.length === 2 && option === "--since" && file) {
    const earlier = await headOf(file, parts, line);
    return earlier === undefined ? 1 : verify(parts, earlier, line);
  }
  if (action === "export" && rest.length === 1 && option) return exportTo(option, parts, line);
  const isAskedFor = action === "--help" || action === "help";
  (isAskedFor ? line.stdout : line.stderr).write(USAGE);
  return isAskedFor ? 0 : 2;
}

async function verify(
  { trail }: TrailCommandParts,
  earlier: TrailHead | null,
  line: CommandLine,
): Promise<number> {
  // Read first: a running server may go on writing.
  const head = await trail.head();
  const until = head?.seq ?? 0;
  const check = await verifyTrail(
    async (seq, limit) => {
      const rows = await trail.rowsAfter(seq, limit);
      return until === 0 ? rows : rows.filter((row) => row.seq <= until);
    },
    head,
    earlier,
  );
  if (check.ok) {
    line.stdout.write(`GOOD  ${check.rows} rows, each chained to the one before it\n`);
    return 0;
  }
  line.stdout.write(`BAD   row ${check.seq}: ${check.why}\n`);
  return 1;
}

async function exportTo(file: string, parts: TrailCommandParts, line: CommandLine): Promise<number> {
  const head = await parts.trail.head();
  const rows = [];
  for (let seq = 0; seq < (head?.seq ?? 0); ) {
    const more = await parts.trail.rowsAfter(seq, 1000);
    if (more.length === 0) break;
    rows.push(...more.filter((row) => row.seq <= (head?.seq ?? 0)));
    seq = more.at(-1)?.seq ?? seq;
  }
  const signed = await signPack({ format: FORMAT, exportedAt: parts.clock.now(), head, rows }, parts.signer);
  try {
    await parts.writeFile(file, `${canonicalJson(signed)}\n`);
  } catch (error) {
    line.stderr.write(`${file} cannot be written: ${error instanceof Error ? error.message : error}.\n`);
    return 1;
  }
  line.stdout.write(`${rows.length} rows\n`);
  return 0;
}

/** Where an export of this installation ended; undefined, said on standard error, for any other file. */
async function headOf(
  file: string,
  { signer }: TrailCommandParts,
  line: CommandLine,
): Promise<TrailHead | null | undefined> {
  try {
    const given = exportSchema.parse(JSON.parse(await line.readFile(file)));
    const signature = await verifyPackSignature(given, await publicKeyFrom(publicKeyPem(signer)));
    if (signature.ok) return given.head;
    line.stderr.write(`${file}: ${signature.why}.\n`);
  } catch {
    line.stderr.write(`${file} is no export of the trail that can be read.\n`);
  }
  return undefined;
}
