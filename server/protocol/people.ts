import { z } from "zod";
import { personIdSchema } from "./ids.ts";

export const staffRoleSchema = z.enum(["instructor", "facilitator"]);
export type StaffRole = z.infer<typeof staffRoleSchema>;

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
