import { writeFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { runAccountCommand } from "./cli/account.ts";
import { runAdminCommand } from "./cli/admin.ts";
import { runApiKeyCommand } from "./cli/api-key.ts";
import { type CommandLine, runEvidenceCommand } from "./cli/evidence.ts";
import { runMigrateCommand } from "./cli/migrate.ts";
import { runNodeCommand } from "./cli/node.ts";
import { runTrailCommand } from "./cli/trail.ts";
import { clusterViewFor } from "./cluster-membership.ts";
import type { Config } from "./config.ts";
import { authOf, openInstallation, publicUrlFrom } from "./installation.ts";
import { openKeyFileSigner } from "./key-file-signer.ts";
import { createLog } from "./log.ts";
import { newId } from "./new-id.ts";
import { createTrail } from "./transport/trail.ts";

const USAGE = `Usage: npm run balai -- COMMAND

  admin create EMAIL                  makes an administrator and prints a sign-in link
  admin link EMAIL                    prints a fresh sign-in link
  account create EMAIL --role ROLE    makes an account and prints a link to set its password
  account list                        prints all accounts
  account reset EMAIL [--second-factor]
                                      prints a link to set a new password
  account role EMAIL ROLE             gives an account another role
  api-key create NAME [--scope read|write]… [--owner EMAIL]
                                      makes an API key and prints it once
  trail verify [--since FILE]         checks the chain of who saw or changed what
  trail export FILE                   writes the trail with a signed end
  migrate [--to postgres://…]         moves the records from SQLite into PostgreSQL
  node list                           prints the nodes of the cluster
  node drain NAME                     moves a node's classes to the others, and gives it no new ones
  node resume NAME                    lets it take classes again
  evidence recompute FILE             prints the attendance that a pack's rows give
  evidence verify FILE [--key FILE]   checks a pack's chain, attendance and signature
  evidence key                        prints the public key that packs are signed with
`;

/** Carries out one command. Answers with the exit status: 0 good, 1 refused, 2 a wrong command line. */
export async function runCli(argv: readonly string[], config: Config, line: CommandLine): Promise<number> {
  const [command, ...rest] = argv;
  if (command === "evidence") return runEvidenceCommand(rest, line, () => openKeyFileSigner(config.dataDir));
  if (command === "migrate") return runMigrateCommand(rest, config, createLog(config.logLevel), line);
  if (command === "node") {
    const open = () => clusterViewFor(config, createLog(config.logLevel));
    return runNodeCommand(rest, { open, pause: setTimeout }, line);
  }
  if (command === "admin" || command === "account" || command === "api-key" || command === "trail") {
    return runWithRecords(command, rest, config, line);
  }
  const isAskedFor = command === "help" || command === "--help";
  (isAskedFor ? line.stdout : line.stderr).write(USAGE);
  return isAskedFor ? 0 : 2;
}

/** These work beside a running server: both write to the same file. */
async function runWithRecords(
  command: "admin" | "account" | "api-key" | "trail",
  argv: readonly string[],
  config: Config,
  line: CommandLine,
): Promise<number> {
  const installation = await openInstallation(config, createLog(config.logLevel));
  const { store, clock } = installation;
  const auth = authOf(installation, publicUrlFrom(config, config.port));
  const trail = createTrail({ store, clock });
  try {
    if (command === "trail") {
      const signer = await openKeyFileSigner(config.dataDir);
      return await runTrailCommand(argv, { trail: store.trail, clock, signer, writeFile: writeNew }, line);
    }
    const parts = { store, auth, clock, newId, trail };
    if (command === "admin") return await runAdminCommand(argv, parts, line);
    if (command === "account") return await runAccountCommand(argv, parts, line);
    return await runApiKeyCommand(argv, parts, line);
  } finally {
    await store.close();
  }
}

/** It holds who did what: its owner's alone, and no file that is there is lost. */
async function writeNew(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600, flag: "wx" });
}
