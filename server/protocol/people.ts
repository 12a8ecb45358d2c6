import { z } from "zod";
import { personIdSchema } from "./ids.ts";

export const staffRoleSchema = z.enum(["instructor", "facilitator"]);
export type StaffRole = z.infer<typeof staffRoleSchema>;

/**
 * What an account may do: everything; read everything; or, for staff, enter the classes of the programmes that
 * have them by their e-mail.
 */
export const accountRoleSchema = z.enum(["admin", "auditor", "instructor", "facilitator"]);
export type AccountRole = z.infer<typeof accountRoleSchema>;

/** What somebody is in a class. */
export const classRoleSchema = z.enum(["instructor", "facilitator", "participant"]);
export type ClassRole = z.infer<typeof classRoleSchema>;

export const personSchema = z.strictObject({
  personId: personIdSchema,
  /** The roster's name; nobody types their own. */
  name: z.string(),
  institution: z.string().nullable(),
  role: classRoleSchema,
});
export type Person = z.infer<typeof personSchema>;

export function isStaff(role: ClassRole): role is StaffRole {
  return role !== "participant";
}
