import { z } from "zod";
import type { Certificate } from "../../ports.ts";
import { pageQuerySchema, pageSchema } from "../../protocol/api-fields.ts";
import {
  certificateIssueSchema,
  certificateSchema,
  certificatesIssuedSchema,
  revocationBodySchema,
  type Verification,
  verificationSchema,
} from "../../protocol/certificates.ts";
import { accept, type Result, refuse } from "../../protocol/errors.ts";
import { certificateIdSchema } from "../../protocol/ids.ts";
import { pdfFrom } from "../../reports/pdf-from.ts";
import { attachment } from "../attachment.ts";
import { certificateCodeFrom } from "../certificate-code.ts";
import { certificateJson, createCertificateOffice } from "../certificate-issue.ts";
import { officeRoute, openRoute, replyJson } from "../route.ts";
import { countFacts } from "../trail-facts.ts";
import {
  MAX_JSON_BYTES,
  noQuery,
  officerIdOf,
  programmeFrom,
  programmeParams,
  type RouteParts,
} from "./route-parts.ts";

const certificateParams = z.object({ certificateId: certificateIdSchema });

export function certificateRoutes(parts: RouteParts) {
  const { store, publicUrl } = parts;
  const office = createCertificateOffice(parts);
  const certificateOf = async (id: Certificate["id"]): Promise<Result<Certificate>> => {
    const certificate = await store.certificates.find(id);
    return certificate ? accept(certificate) : refuse("not-found", "there is no such certificate");
  };
  return [
    officeRoute({
      method: "post",
      path: "/api/v1/programmes/:programme/certificates",
      summary: "Issues certificates to those who are complete; says of the others what is missing",
      trail: {
        action: "certificates.issued",
        about: ({ json }) => countFacts(json, ["issued", "existing", "refused"]),
      },
      params: programmeParams,
      query: noQuery,
      body: { kind: "json", schema: certificateIssueSchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: certificatesIssuedSchema },
      async handle({ params, body, actor }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        return replyJson(200, await office.issue(programme.data, { ...body, by: officerIdOf(actor) }));
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/programmes/:programme/certificates",
      summary: "Lists a programme's certificates, revoked ones too",
      trail: { action: "certificates.read" },
      params: programmeParams,
      query: pageQuerySchema,
      response: { status: 200, schema: pageSchema(certificateSchema) },
      async handle({ params, query }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        const { items, nextCursor } = await store.certificates.list(programme.data.id, query);
        return replyJson(200, { items: items.map((one) => certificateJson(one, publicUrl)), nextCursor });
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/certificates/:certificateId",
      summary: "One certificate",
      trail: { action: "certificates.read" },
      params: certificateParams,
      query: noQuery,
      response: { status: 200, schema: certificateSchema },
      async handle({ params }) {
        const found = await certificateOf(params.certificateId);
        return found.ok ? replyJson(200, certificateJson(found.data, publicUrl)) : found;
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/certificates/:certificateId/pdf",
      summary: "The certificate to print, units and JP on the back",
      trail: { action: "certificate.exported", about: () => ({ detail: { format: "pdf" } }) },
      params: certificateParams,
      query: noQuery,
      response: { status: 200, schema: null, types: ["application/pdf"] },
      async handle({ params }) {
        const found = await certificateOf(params.certificateId);
        if (!found.ok) return found;
        const input = certificateJson(found.data, publicUrl);
        return accept({
          status: 200,
          headers: attachment(`sertifikat-${found.data.code}.pdf`),
          body: { bytes: await pdfFrom({ kind: "certificate", input }), type: "application/pdf" },
        });
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/certificates/:certificateId/credential",
      summary:
        "The certificate as an Open Badges 3.0 credential, a JWT signed with the key of /api/v1/signing-key",
      trail: { action: "certificate.exported", about: () => ({ detail: { format: "jwt" } }) },
      params: certificateParams,
      query: noQuery,
      response: { status: 200, schema: null, types: ["application/jwt"] },
      async handle({ params }) {
        const found = await certificateOf(params.certificateId);
        if (!found.ok) return found;
        return accept({ status: 200, body: { text: found.data.credential, type: "application/jwt" } });
      },
    }),
    officeRoute({
      method: "post",
      path: "/api/v1/certificates/:certificateId/revoke",
      summary: "Revokes a certificate for good, with a reason that the public page shows",
      trail: { action: "certificate.revoked" },
      params: certificateParams,
      query: noQuery,
      body: { kind: "json", schema: revocationBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: certificateSchema },
      async handle({ params, body, actor }) {
        const revocation = { reason: body.reason, by: officerIdOf(actor), at: parts.clock.now() };
        const revoked = await store.certificates.revoke(params.certificateId, revocation);
        return revoked.ok ? replyJson(200, certificateJson(revoked.data, publicUrl)) : revoked;
      },
    }),
    openRoute({
      method: "get",
      path: "/api/v1/verify/:code",
      summary: "Whether a certificate is valid, and what it shows; for anybody who has its code",
      params: z.object({ code: z.string().max(64) }),
      query: noQuery,
      response: { status: 200, schema: verificationSchema },
      limit: "guess",
      async handle({ params }) {
        const code = certificateCodeFrom(params.code);
        const found = code === null ? null : await store.certificates.findByCode(code);
        if (!found) return refuse("not-found", "there is no certificate with this code");
        return replyJson(200, verificationOf(found));
      },
    }),
  ];
}

function verificationOf({ facts, ...certificate }: Certificate): Verification {
  const { code, number, issuedAt, revokedAt, revokedReason } = certificate;
  const { name, institution, programme, jp, units, heldFrom, heldTo, timeZone } = facts;
  return {
    status: revokedAt === null ? "valid" : "revoked",
    code,
    number,
    name,
    institution,
    programme: programme.title,
    jp,
    units: units.map((unit) => ({ title: unit.title, jp: unit.jp })),
    heldFrom,
    heldTo,
    timeZone,
    issuedAt,
    revokedAt,
    revokedReason,
  };
}
