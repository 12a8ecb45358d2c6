import { z } from "zod";
import { lineSchema } from "./api-fields.ts";
import { classStatusSchema } from "./api-records.ts";
import { ERRORS } from "./errors.ts";
import {
  evidencePackSchema,
  personAttendanceSchema,
  policySchema,
  sessionModeSchema,
  slotAttendanceSchema,
  slotSchema,
} from "./evidence.ts";
import {
  accountIdSchema,
  apiKeyIdSchema,
  deckIdSchema,
  enrolmentIdSchema,
  linkIdSchema,
  sessionIdSchema,
  staffIdSchema,
} from "./ids.ts";
import { rtpCapabilitiesSchema } from "./media.ts";
import { personSchema } from "./people.ts";

/** The HTTP API's other bodies: links, joining, attendance, decks, administration, errors. */

const count = z.number().int().min(0);

/** Every error's body (RFC 9457), `application/problem+json`. */
export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(Object.keys(ERRORS) as [keyof typeof ERRORS, ...(keyof typeof ERRORS)[]]),
  /** For people who debug, in English. */
  detail: z.string().optional(),
  /** When to try again, in so many milliseconds. */
  retryAfterMs: z.number().int().optional(),
  /** Field by field; `path` has dots, `slots.0.startAt`. */
  errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

// ---------------------------------------------------------------- links and joining

export const linkBodySchema = z.union([
  z.strictObject({ enrolmentId: enrolmentIdSchema }),
  z.strictObject({ staffId: staffIdSchema }),
]);

const MAX_LINKS_AT_ONCE = 20_000;

/** Whom links are made for at once. */
export const linksBodySchema = z
  .strictObject({
    enrolmentIds: z.array(enrolmentIdSchema).max(MAX_LINKS_AT_ONCE).default([]),
    staffIds: z.array(staffIdSchema).max(MAX_LINKS_AT_ONCE).default([]),
  })
  .refine((body) => body.enrolmentIds.length + body.staffIds.length > 0, {
    path: ["enrolmentIds"],
    message: "names nobody",
  });

/** Which links: these, all of a session, or all of a person. */
export const linkRevocationBodySchema = z.union([
  z.strictObject({ linkIds: z.array(linkIdSchema).min(1).max(MAX_LINKS_AT_ONCE) }),
  z.strictObject({ sessionId: sessionIdSchema }),
  z.strictObject({ enrolmentId: enrolmentIdSchema }),
  z.strictObject({ staffId: staffIdSchema }),
]);

export const linkRevocationsSchema = z.strictObject({
  revoked: z.number().int(),
  items: z.array(
    z.strictObject({ linkId: linkIdSchema, outcome: z.enum(["revoked", "already-revoked", "not-found"]) }),
  ),
});

export const linkSchema = z.strictObject({
  id: linkIdSchema,
  sessionId: sessionIdSchema,
  enrolmentId: enrolmentIdSchema.nullable(),
  staffId: staffIdSchema.nullable(),
  expiresAt: z.number(),
  revokedAt: z.number().nullable(),
  createdAt: z.number(),
});
/** The only answer that has the link's address. */
export const linkCreatedSchema = linkSchema.extend({ url: z.string() });

/** A row for each person asked for: first those who got a link. */
export const linksCreatedSchema = z.strictObject({
  created: z.number().int(),
  refused: z.number().int(),
  items: z.array(
    z.discriminatedUnion("outcome", [
      z.strictObject({ outcome: z.literal("created"), link: linkCreatedSchema }),
      z.strictObject({
        outcome: z.literal("refused"),
        personId: z.union([enrolmentIdSchema, staffIdSchema]),
        message: z.string(),
      }),
    ]),
  ),
});

/** 32 random bytes in base64url. */
const tokenSchema = z.string().regex(/^[\w-]{43}$/, "must be a token of 43 characters");
export const tokenBodySchema = z.strictObject({ token: tokenSchema });
export const joinedSchema = z.strictObject({ linkId: linkIdSchema });

const classInfoSchema = z.strictObject({
  sessionId: sessionIdSchema,
  title: z.string(),
  unit: z.string(),
  programme: z.string(),
  timeZone: z.string(),
  slots: z.array(slotSchema),
});

export const joinViewSchema = z.strictObject({
  linkId: linkIdSchema,
  person: personSchema,
  info: classInfoSchema,
  status: classStatusSchema,
  mode: sessionModeSchema,
  /** Null while the session stands. */
  cancellation: z.strictObject({ at: z.number(), reason: z.string() }).nullable(),
  /** Null where the class is not being recorded. */
  recording: z.strictObject({ isPaused: z.boolean(), hasChat: z.boolean(), keptDays: z.number() }).nullable(),
  /** Whether one consents to be recorded in this session; null before one answers. */
  consent: z.boolean().nullable(),
  /**
   * Where several nodes run classes: the ticket with which this link is known to all of them, and their addresses. The
   * class's own is asked for with it (`POST /api/v1/home`).
   */
  cluster: z.strictObject({ ticket: z.string(), nodes: z.array(z.string()) }).nullable(),
  /** What media the classes here speak: a browser gets ready for it while its person looks at the door. */
  rtpCapabilities: rtpCapabilitiesSchema,
});
export type JoinView = z.infer<typeof joinViewSchema>;

export const homeBodySchema = z.strictObject({ ticket: z.string().max(200) });
export const homeSchema = z.strictObject({
  /** Of the node that runs the class. */
  url: z.string(),
  /** A fresh one. */
  ticket: z.string(),
  nodes: z.array(z.string()),
});
export type ClassHomeJson = z.infer<typeof homeSchema>;

/** One's own attendance; `attendance` is null for staff. */
export const ownAttendanceSchema = z.strictObject({
  status: classStatusSchema,
  slots: z.array(slotSchema),
  minSlotShare: z.number().int(),
  slotCredit: policySchema.shape.slotCredit.unwrap(),
  attendance: personAttendanceSchema.nullable(),
});
export type OwnAttendance = z.infer<typeof ownAttendanceSchema>;

// ---------------------------------------------------------------- attendance

const spanSchema = z.strictObject({ startAt: z.number(), endAt: z.number() });

const attendanceSpanSchema = spanSchema.extend({
  /** Null outside every slot. */
  slotId: z.string().nullable(),
  kind: z.enum(["observed", "bridged", "outage"]),
  rooms: z.array(z.string()).optional(),
  /** When the person was in which room, where it was more than one. */
  stays: z.array(spanSchema.extend({ room: z.string() })).optional(),
});

const attendanceItemSchema = z.strictObject({
  enrolmentId: z.string(),
  externalId: z.string(),
  name: z.string(),
  institution: z.string().nullable(),
  jp: z.number(),
  slots: z.array(slotAttendanceSchema),
  firstJoinedAt: z.number().nullable(),
  lastLeftAt: z.number().nullable(),
  /** Time present while the class was held, inside slots and outside of them. */
  observedMs: count,
  spans: z.array(attendanceSpanSchema),
  /** What decided a slot besides time; only slots that have it. */
  rulings: z.array(
    z.strictObject({
      slotId: z.string(),
      mark: z.strictObject({ status: z.string(), by: z.string(), at: z.number() }).nullable(),
      adjustment: z
        .strictObject({
          jp: z.number(),
          reason: z.string(),
          by: z.string(),
          approvedBy: z.string(),
          at: z.number(),
        })
        .nullable(),
    }),
  ),
});
/** The times behind one's own attendance (epoch ms). */
export const ownIntervalsSchema = z.strictObject({
  timeZone: z.string(),
  spans: z.array(attendanceSpanSchema),
  held: z.array(spanSchema),
  outages: z.array(spanSchema),
  /** What two people decided for a slot, in their words. */
  adjustments: z.array(z.strictObject({ slotId: z.string(), reason: z.string(), computedJp: z.number() })),
});
export type OwnIntervals = z.infer<typeof ownIntervalsSchema>;

export type AttendanceItem = z.infer<typeof attendanceItemSchema>;

export const attendanceReportSchema = z.strictObject({
  session: evidencePackSchema.shape.session,
  policy: policySchema,
  /** False while the roster still follows the programme. */
  rosterFixed: z.boolean(),
  items: z.array(attendanceItemSchema),
  held: z.array(spanSchema),
  outages: z.array(spanSchema),
  /** The titles of the breakout rooms that were open. */
  rooms: z.array(z.strictObject({ roomId: z.string(), title: z.string() })).optional(),
});
export type AttendanceReportJson = z.infer<typeof attendanceReportSchema>;

export const attendanceQuerySchema = z.strictObject({
  format: z.enum(["json", "csv", "xlsx", "pdf"]).default("json"),
});

/** A JWK (RFC 8037) with its PEM beside it: `evidence verify --key` takes the answer as it is. */
export const signingKeySchema = z.strictObject({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  x: z.string(),
  kid: z.string(),
  alg: z.literal("EdDSA"),
  use: z.literal("sig"),
  pem: z.string(),
});

// ---------------------------------------------------------------- decks

export const deckSchema = z.strictObject({
  id: deckIdSchema,
  sessionId: sessionIdSchema,
  title: z.string(),
  status: z.enum(["processing", "ready", "failed"]),
  failure: problemSchema.shape.code.nullable(),
  pageCount: count,
  createdAt: z.number(),
});
export type DeckJson = z.infer<typeof deckSchema>;
export const deckDetailSchema = deckSchema.extend({
  /** Pages done so far, while the deck is made. */
  progress: z.strictObject({ done: count, total: count }).nullable(),
});
export const deckListSchema = z.strictObject({ items: z.array(deckSchema) });
export const deckUploadQuerySchema = z.strictObject({ title: lineSchema(200) });

export const slidePagesSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      page: z.number().int().min(1),
      text: z.string(),
      width: z.number(),
      height: z.number(),
    }),
  ),
});

// ---------------------------------------------------------------- administration

export const apiKeySchema = z.strictObject({
  id: apiKeyIdSchema,
  name: z.string(),
  scopes: z.array(z.enum(["read", "write"])),
  /** Whose it is; null for a key of nobody's. */
  ownerId: accountIdSchema.nullable(),
  revokedAt: z.number().nullable(),
  createdAt: z.number(),
});

export const apiKeyBodySchema = z.strictObject({
  name: lineSchema(100),
  scopes: z
    .array(z.enum(["read", "write"]))
    .min(1)
    .max(2),
});
/** The only answer that has the secret. */
export const apiKeyCreatedSchema = z.strictObject({ key: apiKeySchema, secret: z.string() });

// ---------------------------------------------------------------- the server itself

export const healthSchema = z.strictObject({ status: z.literal("ok") });
export const readinessSchema = z.strictObject({
  ready: z.boolean(),
  /** `accepting` is false on a node that is being drained: new people go to the others. */
  parts: z.strictObject({ store: z.boolean(), media: z.boolean(), accepting: z.boolean() }),
  /** What is missing without making the server unready. */
  notes: z.strictObject({ recorder: z.enum(["ready", "recorder-missing", "disk-full", "budget-full"]) }),
});
