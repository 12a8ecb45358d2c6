import { attendanceFrom } from "../domain/attendance.ts";
import type { Signer } from "../ports.ts";
import { publicKeyFrom } from "../reports/pack-signature.ts";
import { publicKeyPem } from "../reports/public-key-pem.ts";
import { type ReadPack, readPack } from "../reports/read-pack.ts";
import { verifyPack } from "../reports/verify-pack.ts";

export interface CommandLine {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** The file's text, UTF-8; rejects when it cannot be read. */
  readonly readFile: (file: string) => Promise<string>;
}

const USAGE = `Usage: npm run balai -- evidence recompute FILE
       npm run balai -- evidence verify FILE [--key FILE]
       npm run balai -- evidence key

recompute  prints the attendance that the pack's rows give, as JSON
verify     checks the pack's chain, its attendance and, with a key (Ed25519 public key, PEM or JWK),
           its signature
key        prints this installation's public key (PEM), for auditors to verify with
`;

/**
 * `balai evidence …` without the word itself; needs no server. Answers with the exit status: 0 good, 1 a
 * file or a pack that is not, 2 a wrong command line. Only `key` opens the installation's signer.
 */
export async function runEvidenceCommand(
  argv: readonly string[],
  line: CommandLine,
  openSigner: () => Promise<Signer>,
): Promise<number> {
  const [action, ...rest] = argv;
  const args = argumentsFrom(rest);
  if (action === "recompute" && args && !args.keyFile) return recompute(args.file, line);
  if (action === "verify" && args) return verify(args.file, args.keyFile, line);
  if (action === "key" && rest.length === 0) return printKey(openSigner, line);
  const isAskedFor = action === "--help" || action === "help";
  (isAskedFor ? line.stdout : line.stderr).write(USAGE);
  return isAskedFor ? 0 : 2;
}

function argumentsFrom(rest: readonly string[]): { file: string; keyFile: string | null } | null {
  let file: string | null = null;
  let keyFile: string | null = null;
  for (let i = 0; i < rest.length; i++) {
    const arg = rest[i] as string;
    if (arg === "--key" && rest[i + 1] && !keyFile) keyFile = rest[++i] as string;
    else if (arg.startsWith("--key=") && arg.length > 6 && !keyFile) keyFile = arg.slice(6);
    else if (!arg.startsWith("--") && file === null) file = arg;
    else return null;
  }
  return file === null ? null : { file, keyFile };
}

async function recompute(file: string, line: CommandLine): Promise<number> {
  const pack = await packOf(file, line);
  if (!pack) return 1;
  const attendance = attendanceFrom({ ...pack, events: pack.rows });
  line.stdout.write(`${JSON.stringify(attendance, null, 2)}\n`);
  return 0;
}

async function verify(file: string, keyFile: string | null, line: CommandLine): Promise<number> {
  const pack = await packOf(file, line);
  if (!pack) return 1;
  const key = keyFile === null ? null : await keyOf(keyFile, line);
  if (key === undefined) return 1;
  const findings = await verifyPack(pack, key);
  for (const { check, verdict, sentence } of findings) {
    line.stdout.write(`${check.padEnd(10)}  ${verdict.toUpperCase().padEnd(7)}  ${sentence}\n`);
  }
  return findings.some((finding) => finding.verdict === "bad") ? 1 : 0;
}

async function printKey(openSigner: () => Promise<Signer>, line: CommandLine): Promise<number> {
  try {
    line.stdout.write(publicKeyPem(await openSigner()));
    return 0;
  } catch (error) {
    line.stderr.write(`${error instanceof Error ? error.message : error}.\n`);
    return 1;
  }
}

async function packOf(file: string, line: CommandLine): Promise<ReadPack | null> {
  const text = await textOf(file, line);
  if (text === null) return null;
  const reading = readPack(text);
  if (reading.ok) return reading.pack;
  line.stderr.write(`${file} is no evidence pack that can be read. ${reading.why}\n`);
  return null;
}

async function keyOf(file: string, line: CommandLine) {
  const text = await textOf(file, line);
  if (text === null) return undefined;
  try {
    return await publicKeyFrom(text);
  } catch {
    line.stderr.write(`${file} is no Ed25519 public key (PEM or JWK).\n`);
    return undefined;
  }
}

async function textOf(file: string, line: CommandLine): Promise<string | null> {
  try {
    return await line.readFile(file);
  } catch (error) {
    line.stderr.write(`${file} cannot be read: ${error instanceof Error ? error.message : error}.\n`);
    return null;
  }
}
