import { parseArgs } from "node:util";
import type { Account, Clock, NewId, Store } from "../ports.ts";
import { emailSchema, lineSchema } from "../protocol/api-fields.ts";
import { type AccountRole, accountRoleSchema } from "../protocol/people.ts";
import type { TrailAction } from "../protocol/trail.ts";
import type { Auth } from "../transport/auth.ts";
import type { Trail } from "../transport/trail.ts";
import { COMMAND_LINE } from "./admin.ts";
import type { CommandLine } from "./evidence.ts";

interface AccountCommandParts {
  readonly store: Pick<Store, "accounts">;
  readonly auth: Pick<Auth, "createAccountLink" | "office">;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly trail: Trail;
}
type Line = Pick<CommandLine, "stdout" | "stderr">;

const USAGE = `Usage: npm run balai -- account create EMAIL --role ROLE [--name NAME]
       npm run balai -- account list
       npm run balai -- account reset EMAIL [--second-factor]
       npm run balai -- account role EMAIL ROLE

create  makes an account and prints a link to set its password, valid 7 days
list    prints all accounts, one a line: e-mail, role, state
reset   prints a link to set a new password; with --second-factor takes two-step verification away
role    gives an account another role, and enables it where it is disabled
ROLE is one of: admin, auditor, instructor, facilitator
`;

/**
 * `balai account …` without the word itself. Links and lists alone go to standard output. Answers with the exit
 * status: 0 good, 1 refused, 2 a wrong command line.
 */
export async function runAccountCommand(
  argv: readonly string[],
  parts: AccountCommandParts,
  line: Line,
): Promise<number> {
  const wanted = wantedFrom(argv);
  if (!wanted) {
    const isAskedFor = argv[0] === "--help" || argv[0] === "help";
    (isAskedFor ? line.stdout : line.stderr).write(USAGE);
    return isAskedFor ? 0 : 2;
  }
  if (wanted.action === "list") return await list(parts, line);
  const email = emailSchema.safeParse(wanted.email);
  if (!email.success) {
    line.stderr.write(`${JSON.stringify(wanted.email)} is not an e-mail address.\n`);
    return 1;
  }
  if (wanted.action === "create") return await create(parts, line, { ...wanted, email: email.data });
  const account = await parts.store.accounts.findByEmail(email.data);
  if (!account) {
    line.stderr.write(`${email.data} has no account; "account create ${email.data}" makes one.\n`);
    return 1;
  }
  if (wanted.action === "role") return await giveRole(parts, line, account, wanted.role);
  if (wanted.isFactorToo) {
    await parts.auth.office.resetSecondFactor(account.id);
    await note(parts, "account.second-factor-removed", account);
  }
  return await printLink(parts, line, account, "account.link-made");
}

async function create(
  parts: AccountCommandParts,
  line: Line,
  { email, name, role }: { readonly email: string; readonly name: string; readonly role: AccountRole },
): Promise<number> {
  const spoken = lineSchema(200).safeParse(name);
  if (!spoken.success) {
    line.stderr.write(`${JSON.stringify(name)} is no name: one line of 1 to 200 letters.\n`);
    return 1;
  }
  const { store, newId, clock } = parts;
  const fields = { id: newId("adm"), email, name: spoken.data, role, createdAt: clock.now() };
  const created = await store.accounts.create(fields);
  if (!created.ok) {
    line.stderr.write(`${email} has an account already; "account reset ${email}" prints a link.\n`);
    return 1;
  }
  return await printLink(parts, line, created.data, "account.created");
}

async function printLink(parts: AccountCommandParts, line: Line, account: Account, action: TrailAction) {
  const { url } = await parts.auth.createAccountLink(account.id, "password");
  await note(parts, action, account);
  line.stderr.write(`Link to set the password of ${account.email} (${account.role}), valid 7 days:\n`);
  line.stdout.write(`${url}\n`);
  return 0;
}

async function giveRole(parts: AccountCommandParts, line: Line, account: Account, role: AccountRole) {
  const changed = await parts.store.accounts.change(account.id, { role, disabledAt: null });
  if (!changed.ok) {
    line.stderr.write(`${account.email} is the last active administrator; make another one first.\n`);
    return 1;
  }
  await note(parts, "account.changed", account);
  line.stderr.write(`${account.email} is ${role} now.\n`);
  return 0;
}

async function list({ store }: AccountCommandParts, line: Line): Promise<number> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof store.accounts.list>> = await store.accounts.list({
      limit: 1000,
      cursor,
    });
    for (const { email, role, hasPassword, disabledAt } of page.items) {
      const state = disabledAt !== null ? "disabled" : hasPassword ? "active" : "no password yet";
      line.stdout.write(`${email}\t${role}\t${state}\n`);
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return 0;
}

async function note({ trail }: AccountCommandParts, action: TrailAction, { id }: Account): Promise<void> {
  await trail.note({ actor: COMMAND_LINE, action, subject: { kind: "account", id } });
}

type Wanted =
  | { readonly action: "list" }
  | { readonly action: "create"; readonly email: string; readonly name: string; readonly role: AccountRole }
  | { readonly action: "reset"; readonly email: string; readonly isFactorToo: boolean }
  | { readonly action: "role"; readonly email: string; readonly role: AccountRole };

/** Null for a line that is none of these. */
function wantedFrom(argv: readonly string[]): Wanted | null {
  try {
    const { positionals, values } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { role: { type: "string" }, name: { type: "string" }, "second-factor": { type: "boolean" } },
    });
    const [action, email, third, ...rest] = positionals;
    const role = accountRoleSchema.safeParse(action === "role" ? third : values.role);
    const hasOptions = Object.keys(values).length > 0;
    if (rest.length > 0) return null;
    if (action === "list") return email === undefined && !hasOptions ? { action } : null;
    if (email === undefined) return null;
    if (action === "role") return role.success && !hasOptions ? { action, email, role: role.data } : null;
    if (third !== undefined) return null;
    const { name, "second-factor": isFactorToo = false } = values;
    if (action === "create") {
      return role.success && !isFactorToo ? { action, email, name: name ?? email, role: role.data } : null;
    }
    const isReset = action === "reset" && name === undefined && values.role === undefined;
    return isReset ? { action, email, isFactorToo } : null;
  } catch {
    return null;
  }
}
