import { z } from "zod";
import { tokenBodySchema } from "./api.ts";
import { emailSchema, lineSchema } from "./api-fields.ts";
import { sessionModeSchema } from "./evidence.ts";
import { accountIdSchema, sessionIdSchema, signInIdSchema, slotIdSchema } from "./ids.ts";
import { accountRoleSchema, staffRoleSchema } from "./people.ts";
import { watchableRecordingSchema } from "./watchable-recordings.ts";

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

/** Bounded, so that nobody makes the server hash a book; what a new password may be is another question. */
const passwordSchema = z.string().min(1).max(1000);
/** Of the authenticator app, or a recovery code. */
const codeSchema = z.string().max(40);

export const signInBodySchema = z.strictObject({
  email: z.string().min(1).max(254),
  password: passwordSchema,
  code: codeSchema.optional(),
});
export type SignInBody = z.input<typeof signInBodySchema>;

/** Whom a link to set a password is for. */
export const invitedSchema = z.strictObject({ email: z.string(), name: z.string() });
export const invitationBodySchema = z.strictObject({
  token: tokenBodySchema.shape.token,
  password: passwordSchema,
});
/** Null where one signs in with the new password and the second factor. */
export const invitationAcceptedSchema = z.strictObject({
  accountId: accountIdSchema,
  signedIn: accountViewSchema.nullable(),
});

export const passwordChangeSchema = z.strictObject({
  current: passwordSchema.optional(),
  password: passwordSchema,
});

/** The secret as text and as the address that authenticator apps read from a QR code. */
export const secondFactorProposalSchema = z.strictObject({ secret: z.string(), uri: z.string() });
export const secondFactorCodeSchema = z.strictObject({ code: codeSchema });
export const recoveryCodesSchema = z.strictObject({ recoveryCodes: z.array(z.string()) });

export const signInSchema = z.strictObject({
  id: signInIdSchema,
  via: z.enum(["link", "password"]),
  /** What the browser says it is. */
  device: z.string(),
  createdAt: z.number(),
  expiresAt: z.number(),
  isThisOne: z.boolean(),
});
export type SignInJson = z.infer<typeof signInSchema>;
export const signInListSchema = z.strictObject({
  items: z.array(signInSchema),
  recoveryCodesLeft: z.number().int(),
});

export const accountBodySchema = z.strictObject({
  email: emailSchema,
  name: lineSchema(200),
  role: accountRoleSchema,
});
export type AccountBody = z.input<typeof accountBodySchema>;

/** The only answers that have the address of a link to set a password. */
export const accountLinkSchema = z.strictObject({ url: z.string(), expiresAt: z.number() });
export const accountCreatedSchema = accountLinkSchema.extend({ account: accountSchema });

export const accountChangeSchema = z.strictObject({
  name: lineSchema(200).optional(),
  role: accountRoleSchema.optional(),
  isDisabled: z.boolean().optional(),
});
export type AccountChangeBody = z.input<typeof accountChangeSchema>;

/** What somebody who teaches needs to find their class. */
export const mySessionsSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      sessionId: sessionIdSchema,
      title: z.string(),
      unit: z.string(),
      programme: z.strictObject({ code: z.string(), title: z.string() }),
      role: staffRoleSchema,
      mode: sessionModeSchema,
      timeZone: z.string(),
      slots: z.array(
        z.strictObject({ id: slotIdSchema, startAt: z.number(), endAt: z.number(), jp: z.number() }),
      ),
      recordings: z.array(watchableRecordingSchema),
    }),
  ),
});
export type MySession = z.infer<typeof mySessionsSchema>["items"][number];
