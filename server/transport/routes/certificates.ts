import { z } from "zod";
import type { Certificate, Programme } from "../../ports.ts";
import { pageQuerySchema, pageSchema } from "../../protocol/api-fields.ts";
import {
  type CertificateNumbering,
  certificateNumberFrom,
  certificateNumberingBodySchema,
  certificateNumberingSchema,
  DEFAULT_NUMBER_TEMPLATE,
} from "../../protocol/certificate-number.ts";
import {
  certificateIssueSchema,
  certificateSchema,
  certificatesIssuedSchema,
  ownCertificateSchema,
  revocationBodySchema,
  type Verification,
  verificationSchema,
} from "../../protocol/certificates.ts";
import { accept, type Result, refuse } from "../../protocol/errors.ts";
import { certificateIdSchema, linkIdSchema } from "../../protocol/ids.ts";
import { attachment } from "../attachment.ts";
import type { LinkHolder } from "../auth.ts";
import { certificateCodeFrom } from "../certificate-code.ts";
import { certificateJson, createCertificateOffice } from "../certificate-issue.ts";
import { certificatePdfOf } from "../certificate-pdf-of.ts";
import { linkRoute, officeRoute, openRoute, replyJson } from "../route.ts";
import { countFacts } from "../trail-facts.ts";
import {
  MAX_JSON_BYTES,
  noQuery,
  officerIdOf,
  programmeFrom,
  programmeParams,
  type RouteParts,
} from "./route-parts.ts";

const linkParams = z.object({ linkId: linkIdSchema });
const certificateParams = z.object({ certificateId: certificateIdSchema });

export function certificateRoutes(parts: RouteParts) {
  const { store, publicUrl } = parts;
  const office = createCertificateOffice(parts);
  const certificateOf = async (id: Certificate["id"]): Promise<Result<Certificate>> => {
    const certificate = await store.certificates.find(id);
    return certificate ? accept(certificate) : refuse("not-found", "there is no such certificate");
  };
  const ownOf = async ({ link }: LinkHolder) =>
    link.enrolmentId ? await store.certificates.validOf(link.enrolmentId) : null;
  const drawn = (certificates: readonly Certificate[]) => certificatePdfOf(store, publicUrl, certificates);
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
      path: "/api/v1/programmes/:programme/certificates.pdf",
      summary: "All valid certificates of a programme in one file to print",
      trail: { action: "certificate.exported", about: () => ({ detail: { format: "pdf" } }) },
      params: programmeParams,
      query: noQuery,
      response: { status: 200, schema: null, types: ["application/pdf"] },
      async handle({ params }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        const valid = await store.certificates.valid(programme.data.id);
        if (valid.length === 0) return refuse("not-found", "no certificate is valid");
        return accept({
          status: 200,
          headers: attachment(`sertifikat-${programme.data.id}.pdf`),
          body: { bytes: await drawn(valid), type: "application/pdf" },
        });
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/programmes/:programme/certificates/numbering",
      summary: "How a programme's certificates are numbered, and the next number",
      trail: null,
      params: programmeParams,
      query: noQuery,
      response: { status: 200, schema: certificateNumberingSchema },
      async handle({ params }) {
        const programme = await programmeFrom(store, params.programme);
        return programme.ok ? replyJson(200, await numberingOf(parts, programme.data)) : programme;
      },
    }),
    officeRoute({
      method: "put",
      path: "/api/v1/programmes/:programme/certificates/numbering",
      summary: "Changes the template of the numbers to come",
      trail: { action: "numbering.changed" },
      params: programmeParams,
      query: noQuery,
      body: { kind: "json", schema: certificateNumberingBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: certificateNumberingSchema },
      async handle({ params, body }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        await store.certificates.changeNumberTemplate(programme.data.id, body.template);
        return replyJson(200, await numberingOf(parts, programme.data));
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
        const bytes = await drawn([found.data]);
        return accept({
          status: 200,
          headers: attachment(`sertifikat-${found.data.code}.pdf`),
          body: { bytes, type: "application/pdf" },
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
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/certificate",
      summary: "One's own valid certificate, if there is one",
      access: ["participant"],
      params: linkParams,
      query: noQuery,
      response: { status: 200, schema: ownCertificateSchema },
      async handle({ actor }) {
        const own = await ownOf(actor);
        if (!own) return replyJson(200, { certificate: null });
        const { number, issuedAt, verifyUrl, facts } = certificateJson(own, publicUrl);
        return replyJson(200, { certificate: { number, issuedAt, timeZone: facts.timeZone, verifyUrl } });
      },
    }),
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/certificate/pdf",
      summary: "One's own certificate to print",
      access: ["participant"],
      params: linkParams,
      query: noQuery,
      response: { status: 200, schema: null, types: ["application/pdf"] },
      async handle({ actor }) {
        const own = await ownOf(actor);
        if (!own) return refuse("not-found", "no certificate is valid");
        return accept({
          status: 200,
          headers: attachment(`sertifikat-${own.code}.pdf`),
          body: { bytes: await drawn([own]), type: "application/pdf" },
        });
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

async function numberingOf(
  { store, clock }: RouteParts,
  { id, code }: Programme,
): Promise<CertificateNumbering> {
  const template = (await store.certificates.numberTemplate(id)) ?? DEFAULT_NUMBER_TEMPLATE;
  const nextSequence = (await store.certificates.lastSequence(id)) + 1;
  const { items } = await store.sessions.list(id, { limit: 1, cursor: null });
  const timeZone = items[0]?.timeZone ?? "Asia/Jakarta";
  const numbered = { sequence: nextSequence, programme: code, at: clock.now(), timeZone };
  return { template, next: certificateNumberFrom(template, numbered), nextSequence, timeZone };
}

function verificationOf({ facts, ...certificate }: Certificate): Verification {
  const { code, number, issuedAt, revokedAt, revokedReason, erasedAt } = certificate;
  const { name, institution, programme, jp, units, heldFrom, heldTo, timeZone, issuer } = facts;
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
    issuer: issuer?.name ?? null,
    signer: issuer?.signerName ? { name: issuer.signerName, title: issuer.signerTitle } : null,
    issuedAt,
    revokedAt,
    revokedReason,
    erasedAt,
  };
}
