import type { Admin, Clock, NewId, Store } from "../ports.ts";
import { emailSchema } from "../protocol/api-fields.ts";
import type { Auth } from "../transport/auth.ts";
import type { CommandLine } from "./evidence.ts";

interface AdminCommandParts {
  readonly store: Pick<Store, "admins">;
  readonly auth: Pick<Auth, "createSignInLink">;
  readonly clock: Clock;
  readonly newId: NewId;
}

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
    action === "create" ? await create(parts, email.data) : await parts.store.admins.findByEmail(email.data);
  if (!admin) {
    line.stderr.write(
      action === "create"
        ? `${email.data} is an administrator already; "admin link ${email.data}" prints a link.\n`
        : `${email.data} is no administrator; "admin create ${email.data}" makes one.\n`,
    );
    return 1;
  }
  const { url } = await parts.auth.createSignInLink(admin.id);
  line.stderr.write(`Sign-in link of ${admin.email}, valid 24 hours. Who has it is administrator:\n`);
  line.stdout.write(`${url}\n`);
  return 0;
}

async function create(
  { store, clock, newId }: Omit<AdminCommandParts, "auth">,
  email: string,
): Promise<Admin | null> {
  const admin: Admin = { id: newId("adm"), email, createdAt: clock.now() };
  const created = await store.admins.create(admin);
  return created.ok ? admin : null;
}
