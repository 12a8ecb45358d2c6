import { parseArgs } from "node:util";
import type { ApiScope, Store } from "../ports.ts";
import { lineSchema } from "../protocol/api-fields.ts";
import type { Auth } from "../transport/auth.ts";
import type { Trail } from "../transport/trail.ts";
import { COMMAND_LINE } from "./admin.ts";
import type { CommandLine } from "./evidence.ts";

const USAGE = `Usage: npm run balai -- api-key create NAME [--scope read|write]… [--owner EMAIL]

Makes a key for the HTTP API and prints it once; it is kept nowhere. Without --scope it may read and write.
--owner says whose it is: they and their key count as one person, and the key ends where their account does.
`;

interface ApiKeyCommandParts {
  readonly store: Pick<Store, "accounts">;
  readonly auth: Pick<Auth, "createApiKey">;
  readonly trail: Trail;
}

/**
 * `balai api-key …` without the word itself. The key alone goes to standard output. Answers with the exit
 * status: 0 good, 1 refused, 2 a wrong command line.
 */
export async function runApiKeyCommand(
  argv: readonly string[],
  { store, auth, trail }: ApiKeyCommandParts,
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
  const owner = wanted.owner === null ? null : await store.accounts.findByEmail(wanted.owner);
  if (wanted.owner !== null && (owner?.role !== "admin" || owner.disabledAt !== null)) {
    line.stderr.write(`${wanted.owner} is no active administrator.\n`);
    return 1;
  }
  const { key, secret } = await auth.createApiKey(name.data, wanted.scopes, owner?.id ?? null);
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

interface Wanted {
  readonly name: string;
  readonly scopes: readonly ApiScope[];
  readonly owner: string | null;
}

function wantedFrom(argv: readonly string[]): Wanted | null {
  try {
    const { positionals, values } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { scope: { type: "string", multiple: true }, owner: { type: "string" } },
    });
    const [action, name, ...rest] = positionals;
    if (action !== "create" || name === undefined || rest.length > 0) return null;
    const given = values.scope ?? ["read", "write"];
    if (!given.every((scope) => scope === "read" || scope === "write")) return null;
    const scopes = (["read", "write"] as const).filter((scope) => given.includes(scope));
    return { name, scopes, owner: values.owner ?? null };
  } catch {
    return null;
  }
}
