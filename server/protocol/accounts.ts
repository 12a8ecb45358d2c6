import { z } from "zod";
import { accountIdSchema } from "./ids.ts";
import { accountRoleSchema } from "./people.ts";

/** The HTTP API's bodies of accounts and of signing in. */

/** An account as everybody who may see it sees it. */
export const accountSchema = z.strictObject({
  id: accountIdSchema,
  email: z.string(),
  name: z.string(),
  role: accountRoleSchema,
  hasPassword: z.boolean(),
  hasSecondFactor: z.boolean(),
  disabledAt: z.number().nullable(),
  createdAt: z.number(),
});
export type AccountJson = z.infer<typeof accountSchema>;

/** Who is signed in, and what that opens; `unready-admin` is who has to set up the second factor first. */
export const accountViewSchema = z.strictObject({
  account: accountSchema,
  access: z.enum(["admin", "auditor", "staff-account", "unready-admin"]),
  via: z.enum(["link", "password"]),
});
export type AccountView = z.infer<typeof accountViewSchema>;
