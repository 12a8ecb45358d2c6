import type { Account, Clock, NewId, Store } from "../ports.ts";
import { emailSchema } from "../protocol/api-fields.ts";
import type { Auth } from "../transport/auth.ts";
import type { Trail } from "../transport/trail.ts";
import type { CommandLine } from "./evidence.ts";

interface AdminCommandParts {
  readonly store: Pick<Store, "accounts">;
  readonly auth: Pick<Auth, "createAccountLink">;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly trail: Trail;
}

/** Whoever has the server's machine. */
export const COMMAND_LINE = { kind: "command-line", id: null } as const;

const USAGE = `Usage: npm run balai -- admin create EMAIL
       npm run balai -- admin link EMAIL

create  makes an administrator and prints a sign-in link, valid 24 hours
link    prints a fresh sign-in link for an administrator
`;

/**
 * `balai admin …` without the word itself. The link alone goes to standard output. Answers with the exit
 * status: 0 good, 1 refused, 2 a wrong command line.
 */
export async function runAdminCommand(
  argv: readonly string[],
  parts: AdminCommandParts,
  line: Pick<CommandLine, "stdout" | "stderr">,
): Promise<number> {
  const [action, address, ...rest] = argv;
  const email = emailSchema.safeParse(address);
  if ((action !== "create" && action !== "link") || rest.length > 0 || address === undefined) {
    const isAskedFor = action === "--help" || action === "help";
    (isAskedFor ? line.stdout : line.stderr).write(USAGE);
    return isAskedFor ? 0 : 2;
  }
  if (!email.success) {
    line.stderr.write(`${JSON.stringify(address)} is not an e-mail address.\n`);
    return 1;
  }
  const admin =
    action === "create"
      ? await create(parts, email.data)
      : await parts.store.accounts.findByEmail(email.data);
  if (admin?.role !== "admin" || admin.disabledAt !== null) {
    line.stderr.write(
      action === "create"
        ? `${email.data} has an account already; "admin link" prints a link, "account role" makes it an administrator's.\n`
        : `${email.data} is no active administrator; "admin create ${email.data}" makes one.\n`,
    );
    return 1;
  }
  const { url } = await parts.auth.createAccountLink(admin.id, "sign-in");
  await parts.trail.note({
    actor: COMMAND_LINE,
    action: action === "create" ? "account.created" : "account.link-made",
    subject: { kind: "account", id: admin.id },
  });
  line.stderr.write(`Sign-in link of ${admin.email}, valid 24 hours. Who has it is administrator:\n`);
  line.stdout.write(`${url}\n`);
  return 0;
}

async function create(
  { store, clock, newId }: Omit<AdminCommandParts, "auth">,
  email: string,
): Promise<Account | null> {
  const created = await store.accounts.create({
    id: newId("adm"),
    email,
    name: email,
    role: "admin",
    createdAt: clock.now(),
  });
  return created.ok ? created.data : null;
}
