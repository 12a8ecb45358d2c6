import { parseArgs } from "node:util";
import type { ApiScope } from "../ports.ts";
import { lineSchema } from "../protocol/api-fields.ts";
import type { Auth } from "../transport/auth.ts";
import type { Trail } from "../transport/trail.ts";
import { COMMAND_LINE } from "./admin.ts";
import type { CommandLine } from "./evidence.ts";

const USAGE = `Usage: npm run balai -- api-key create NAME [--scope read|write]…

Makes a key for the HTTP API and prints it once; it is kept nowhere. Without --scope it may read and write.
`;

/**
 * `balai api-key …` without the word itself. The key alone goes to standard output. Answers with the exit
 * status: 0 good, 1 refused, 2 a wrong command line.
 */
export async function runApiKeyCommand(
  argv: readonly string[],
  { auth, trail }: { readonly auth: Pick<Auth, "createApiKey">; readonly trail: Trail },
  line: Pick<CommandLine, "stdout" | "stderr">,
): Promise<number> {
  const [action] = argv;
  const wanted = wantedFrom(argv);
  if (!wanted) {
    const isAskedFor = action === "--help" || action === "help";
    (isAskedFor ? line.stdout : line.stderr).write(USAGE);
    return isAskedFor ? 0 : 2;
  }
  const name = lineSchema(100).safeParse(wanted.name);
  if (!name.success) {
    line.stderr.write(`${JSON.stringify(wanted.name)} is no name for a key: one line of 1 to 100 letters.\n`);
    return 1;
  }
  const { key, secret } = await auth.createApiKey(name.data, wanted.scopes);
  await trail.note({
    actor: COMMAND_LINE,
    action: "api-key.created",
    subject: { kind: "api-key", id: key.id },
    detail: { scopes: [...key.scopes] },
  });
  line.stderr.write(`Key "${key.name}" (${key.id}; ${key.scopes.join(", ")}). It is shown this once:\n`);
  line.stdout.write(`${secret}\n`);
  return 0;
}

function wantedFrom(argv: readonly string[]): { name: string; scopes: readonly ApiScope[] } | null {
  try {
    const { positionals, values } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { scope: { type: "string", multiple: true } },
    });
    const [action, name, ...rest] = positionals;
    if (action !== "create" || name === undefined || rest.length > 0) return null;
    const given = values.scope ?? ["read", "write"];
    if (!given.every((scope) => scope === "read" || scope === "write")) return null;
    return { name, scopes: (["read", "write"] as const).filter((scope) => given.includes(scope)) };
  } catch {
    return null;
  }
}
