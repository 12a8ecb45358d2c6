import { z } from "zod";
import { atSchema, codeSchema, emailSchema, lineSchema, timeZoneSchema } from "./api-fields.ts";
import { jpSchema, policySchema, sessionModeSchema } from "./evidence.ts";
import { enrolmentIdSchema, programmeIdSchema, sessionIdSchema, slotIdSchema, staffIdSchema } from "./ids.ts";
import { staffRoleSchema } from "./people.ts";

/** The records of a training centre, as the HTTP API takes and gives them. */

const MAX_UNITS = 200;
const MAX_SLOTS = 100;
export const MAX_ENROLMENT_ROWS = 20_000;

/** Something odd that was accepted all the same. */
export const warningSchema = z.strictObject({ path: z.string(), message: z.string() });
export type Warning = z.infer<typeof warningSchema>;

/** Fields are compared only when each is good by itself: one mistake, one message. */
function hasNoIssues({ issues }: z.core.ParsePayload): boolean {
  return issues.length === 0;
}

// ---------------------------------------------------------------- programmes

const unitBodySchema = z
  .strictObject({
    code: codeSchema,
    title: lineSchema(200),
    jp: jpSchema,
    selfStudyJp: jpSchema.default(0),
  })
  .refine((unit) => unit.selfStudyJp <= unit.jp, {
    path: ["selfStudyJp"],
    message: "must not be more than the unit's jp",
    when: hasNoIssues,
  });

const REQUIREMENT_CODE =
  /^(attendance\.total|attendance\.unit:[0-9A-Za-z.-]+|pre-test|post-test|assignment:[0-9A-Za-z.-]+|survey|eligibility)$/;

/** Codes that occur twice, by their place. */
function repeatedIn(codes: readonly string[]): number[] {
  return codes.flatMap((code, index) => (codes.indexOf(code) < index ? [index] : []));
}

/** What is wrong with a policy's requirements, seen with the programme's units. */
export function requirementErrorsFrom(
  requirements: readonly { readonly code: string }[],
  units: readonly { readonly code: string }[],
): { readonly index: number; readonly message: string }[] {
  const codes = requirements.map((requirement) => requirement.code);
  const unknown = codes.flatMap((code, index) => {
    if (!REQUIREMENT_CODE.test(code)) return [{ index, message: `${code} is not a requirement` }];
    const unit = /^attendance\.unit:(.*)$/.exec(code)?.[1];
    if (unit === undefined || units.some((known) => known.code === unit)) return [];
    return [{ index, message: `the programme has no unit ${unit}` }];
  });
  return [...unknown, ...repeatedIn(codes).map((index) => ({ index, message: "stands here twice" }))];
}

export const programmeBodySchema = z
  .strictObject({
    code: codeSchema,
    title: lineSchema(300),
    units: z.array(unitBodySchema).min(1).max(MAX_UNITS),
    policy: policySchema.prefault({}),
  })
  .check(({ value, issues }) => {
    if (issues.length > 0) return;
    for (const index of repeatedIn(value.units.map((unit) => unit.code))) {
      const message = "another unit has this code";
      issues.push({ code: "custom", input: value, path: ["units", index, "code"], message });
    }
    for (const { index, message } of requirementErrorsFrom(value.policy.requirements, value.units)) {
      const path = ["policy", "requirements", index, "code"];
      issues.push({ code: "custom", input: value, path, message });
    }
  });

/** What can be changed of a programme by its own route: all of its units, as they shall be. */
export const programmeChangeSchema = z
  .strictObject({ title: lineSchema(300), units: z.array(unitBodySchema).min(1).max(MAX_UNITS) })
  .check(({ value, issues }) => {
    if (issues.length > 0) return;
    for (const index of repeatedIn(value.units.map((unit) => unit.code))) {
      const message = "another unit has this code";
      issues.push({ code: "custom", input: value, path: ["units", index, "code"], message });
    }
  });
export type ProgrammeChange = z.input<typeof programmeChangeSchema>;

export const programmeSchema = z.strictObject({
  id: programmeIdSchema,
  code: codeSchema,
  title: z.string(),
  units: z.array(
    z.strictObject({ code: codeSchema, title: z.string(), jp: z.number(), selfStudyJp: z.number() }),
  ),
  policy: policySchema,
  policyVersion: z.number().int(),
  policyFrozenAt: z.number().nullable(),
  createdAt: z.number(),
});
export type ProgrammeJson = z.infer<typeof programmeSchema>;

// ---------------------------------------------------------------- enrolments and staff

/** Empty cells and empty strings are nothing. */
const nothingSchema = z.union([z.literal("").transform(() => null), z.null()]);

function optionalLine(maxLength: number) {
  return z
    .union([lineSchema(maxLength), nothingSchema])
    .optional()
    .transform((text) => text ?? null);
}

/** A spreadsheet turns a long number into 1,98E+17 and its last digits are gone. */
const ROUNDED_NUMBER = /^\d([.,]\d+)?E\+?\d+$/i;

export const enrolmentBodySchema = z.strictObject({
  externalId: lineSchema(64).refine(
    (text) => !ROUNDED_NUMBER.test(text),
    "is a number that a spreadsheet has rounded; make the column text and fill it in again",
  ),
  name: lineSchema(200),
  email: z
    .union([emailSchema, nothingSchema])
    .optional()
    .transform((email) => email ?? null),
  institution: optionalLine(300),
  group: optionalLine(100),
  birthDate: z
    .union([
      z.iso.date("must be a date as YYYY-MM-DD").refine((date) => date >= "1900", "is before 1900"),
      nothingSchema,
    ])
    .optional()
    .transform((date) => date ?? null),
  education: optionalLine(100),
  assignmentLetter: optionalLine(300),
});
export const ENROLMENT_FIELDS = Object.keys(enrolmentBodySchema.shape);

/** Rows as JSON, checked one by one (a bad row never stops a good one), a CSV file's text, or a workbook's bytes. */
export const enrolmentsBodySchema = z.union([
  z.array(z.unknown()).min(1).max(MAX_ENROLMENT_ROWS),
  z.string(),
  z.instanceof(Uint8Array),
]);

const rowMessageSchema = z.strictObject({ field: z.string(), message: z.string() });
const enrolmentRowSchema = z.strictObject({
  /** From 1, the first person of the array or of the file (after its header). */
  row: z.number().int().min(1),
  externalId: z.string().nullable(),
  outcome: z.enum(["created", "updated", "refused"]),
  /** Not of a preview, and not of a refused row. */
  id: enrolmentIdSchema.optional(),
  errors: z.array(rowMessageSchema).optional(),
  /** Accepted, but somebody should look at it. */
  warnings: z.array(rowMessageSchema).optional(),
});
export type EnrolmentRow = z.infer<typeof enrolmentRowSchema>;

export const enrolmentResultsSchema = z.strictObject({
  created: z.number().int(),
  updated: z.number().int(),
  refused: z.number().int(),
  rows: z.array(enrolmentRowSchema),
});

export const enrolmentSchema = z.strictObject({
  id: enrolmentIdSchema,
  programmeId: programmeIdSchema,
  externalId: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  institution: z.string().nullable(),
  group: z.string().nullable(),
  birthDate: z.string().nullable(),
  education: z.string().nullable(),
  assignmentLetter: z.string().nullable(),
  createdAt: z.number(),
  /** When this person's data were erased; the row that stays is a pseudonym. */
  erasedAt: z.number().nullable(),
});

export const staffBodySchema = z.strictObject({
  name: lineSchema(200),
  email: emailSchema,
  role: staffRoleSchema,
});

export const staffSchema = z.strictObject({
  id: staffIdSchema,
  programmeId: programmeIdSchema,
  name: z.string(),
  email: z.string(),
  role: staffRoleSchema,
  createdAt: z.number(),
});

// ---------------------------------------------------------------- sessions

const MAX_SLOT_MS = 24 * 3_600_000;

const slotShape = { startAt: atSchema, endAt: atSchema, jp: jpSchema };

/** A slot's end is after its start, by at most a day. */
function withinADay<Slot extends z.ZodType<{ startAt: number; endAt: number }>>(schema: Slot) {
  return schema
    .refine((slot) => slot.endAt > slot.startAt, {
      path: ["endAt"],
      message: "must be after startAt",
      when: hasNoIssues,
    })
    .refine((slot) => slot.endAt - slot.startAt <= MAX_SLOT_MS, {
      path: ["endAt"],
      message: "must be within 24 hours of startAt",
      when: hasNoIssues,
    });
}

const sessionShape = {
  unit: codeSchema,
  title: lineSchema(300),
  mode: sessionModeSchema,
  group: optionalLine(100),
  timeZone: timeZoneSchema,
};

function checkOverlaps({
  value,
  issues,
}: z.core.ParsePayload<{ slots: { startAt: number; endAt: number }[] }>) {
  if (issues.length > 0) return;
  value.slots.forEach((slot, index) => {
    const earlier = value.slots
      .slice(0, index)
      .findIndex((other) => other.startAt < slot.endAt && slot.startAt < other.endAt);
    if (earlier === -1) return;
    const message = `overlaps slot ${earlier}`;
    issues.push({ code: "custom", input: value, path: ["slots", index], message });
  });
}

export const sessionBodySchema = z
  .strictObject({
    ...sessionShape,
    slots: z
      .array(withinADay(z.strictObject(slotShape)))
      .min(1)
      .max(MAX_SLOTS),
  })
  .check(checkOverlaps);

/** All of a session as it shall be: a slot with its `id` is one it has, one without is new. */
export const sessionChangeSchema = z
  .strictObject({
    ...sessionShape,
    slots: z
      .array(withinADay(z.strictObject({ ...slotShape, id: slotIdSchema.optional() })))
      .min(1)
      .max(MAX_SLOTS),
  })
  .check(checkOverlaps);

export const cancellationBodySchema = z.strictObject({ reason: lineSchema(500) });

const sessionSlotSchema = z.strictObject({
  id: slotIdSchema,
  startAt: z.number(),
  endAt: z.number(),
  jp: z.number(),
});

export const sessionSchema = z.strictObject({
  id: sessionIdSchema,
  programmeId: programmeIdSchema,
  unit: codeSchema,
  title: z.string(),
  mode: sessionModeSchema,
  group: z.string().nullable(),
  timeZone: z.string(),
  slots: z.array(sessionSlotSchema),
  createdAt: z.number(),
  /** Rises with every change, from 0. */
  sequence: z.number().int(),
  updatedAt: z.number().nullable(),
  /** Slots that were taken out. */
  removedSlots: z.array(sessionSlotSchema),
  /** Null while the session stands. */
  cancellation: z.strictObject({ at: z.number(), by: z.string(), reason: z.string() }).nullable(),
});
export type SessionJson = z.infer<typeof sessionSchema>;

export const classStatusSchema = z.enum(["scheduled", "open", "closed"]);

/** One session as an administrator's page needs it. */
export const sessionDetailSchema = sessionSchema.extend({
  programme: z.strictObject({ id: programmeIdSchema, code: codeSchema, title: z.string() }),
  status: classStatusSchema,
  openedAt: z.number().nullable(),
  presentCount: z.number().int(),
});
export type SessionDetail = z.infer<typeof sessionDetailSchema>;
