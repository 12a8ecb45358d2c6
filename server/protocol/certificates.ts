import { z } from "zod";
import { lineSchema } from "./api-fields.ts";
import { numberTemplateSchema } from "./certificate-number.ts";
import { completionStatusSchema, requirementDecisionSchema } from "./completion.ts";
import { certificateIdSchema, enrolmentIdSchema, programmeIdSchema } from "./ids.ts";
import { issuerFactsSchema } from "./issuer.ts";

/** Certificates: what they show, how they are issued and looked up. */

/** Crockford's base 32 (no I, L, O, U): 26 letters for 128 bits, in groups. */
export const CERTIFICATE_CODE = /^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}-[0-9A-HJKMNP-TV-Z]{6}$/;

/** What a certificate shows, as it was when it was issued; later changes of the records change nothing. */
export const certificateFactsSchema = z.strictObject({
  name: z.string(),
  externalId: z.string(),
  institution: z.string().nullable(),
  programme: z.strictObject({ code: z.string(), title: z.string() }),
  jp: z.number(),
  units: z.array(z.strictObject({ code: z.string(), title: z.string(), jp: z.number() })),
  /** From the first slot's start to the last one's end (epoch ms). */
  heldFrom: z.number(),
  heldTo: z.number(),
  timeZone: z.string(),
  /** Null where nobody had said who issues. */
  issuer: issuerFactsSchema.nullable().default(null),
  /** Of the policy by which its holder was complete; null in certificates from before it was kept. */
  policyVersion: z.number().int().nullable().default(null),
});
export type CertificateFacts = z.infer<typeof certificateFactsSchema>;

export const certificateSchema = z.strictObject({
  id: certificateIdSchema,
  programmeId: programmeIdSchema,
  enrolmentId: enrolmentIdSchema,
  number: z.string(),
  code: z.string(),
  /** The public page that says whether it is valid. */
  verifyUrl: z.string(),
  facts: certificateFactsSchema,
  issuedAt: z.number(),
  issuedBy: z.string(),
  revokedAt: z.number().nullable(),
  revokedBy: z.string().nullable(),
  revokedReason: z.string().nullable(),
  erasedAt: z.number().nullable(),
});
export type CertificateJson = z.infer<typeof certificateSchema>;

export const certificateIssueSchema = z.strictObject({
  /** Only these; without it everybody of the programme. */
  enrolmentIds: z.array(enrolmentIdSchema).min(1).max(20_000).optional(),
  /** Instead of the programme's own. */
  numberTemplate: numberTemplateSchema.optional(),
});

const issuedItemSchema = z.strictObject({
  enrolmentId: enrolmentIdSchema,
  externalId: z.string().nullable(),
  name: z.string().nullable(),
  outcome: z.enum(["issued", "existing", "refused"]),
  certificate: certificateSchema.nullable(),
  /** Why not: the decision, and the requirements that are not met; `unknown` is nobody of this programme. */
  status: z.union([completionStatusSchema, z.literal("unknown")]),
  missing: z.array(requirementDecisionSchema),
});
export const certificatesIssuedSchema = z.strictObject({
  issued: z.number().int(),
  existing: z.number().int(),
  refused: z.number().int(),
  items: z.array(issuedItemSchema),
});
export type CertificatesIssued = z.infer<typeof certificatesIssuedSchema>;

/** One's own; null until it is issued, and after it was revoked. */
export const ownCertificateSchema = z.strictObject({
  certificate: z
    .strictObject({
      number: z.string(),
      issuedAt: z.number(),
      timeZone: z.string(),
      verifyUrl: z.string(),
    })
    .nullable(),
});
export type OwnCertificate = z.infer<typeof ownCertificateSchema>;

export const revocationBodySchema = z.strictObject({ reason: lineSchema(300) });

/** What anybody with the code is told: no more than the certificate shows, and less of the person. */
export const verificationSchema = z.strictObject({
  status: z.enum(["valid", "revoked"]),
  code: z.string(),
  number: z.string(),
  name: z.string(),
  institution: z.string().nullable(),
  programme: z.string(),
  jp: z.number(),
  units: z.array(z.strictObject({ title: z.string(), jp: z.number() })),
  heldFrom: z.number(),
  heldTo: z.number(),
  timeZone: z.string(),
  issuer: z.string().nullable(),
  signer: z.strictObject({ name: z.string(), title: z.string().nullable() }).nullable(),
  issuedAt: z.number(),
  revokedAt: z.number().nullable(),
  revokedReason: z.string().nullable(),
  /** When the holder's data were erased; then nothing here names them. */
  erasedAt: z.number().nullable(),
});
export type Verification = z.infer<typeof verificationSchema>;
