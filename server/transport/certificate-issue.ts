import type { Certificate, Clock, NewId, Programme, Session, Signer, Store } from "../ports.ts";
import { certificateNumberFrom, DEFAULT_NUMBER_TEMPLATE } from "../protocol/certificate-number.ts";
import type { CertificateFacts, CertificateJson, CertificatesIssued } from "../protocol/certificates.ts";
import type { CompletionItem } from "../protocol/completion.ts";
import type { EnrolmentId } from "../protocol/ids.ts";
import type { IssuerFacts } from "../protocol/issuer.ts";
import { credentialFrom } from "../reports/certificate-credential.ts";
import { newCertificateCode } from "./certificate-code.ts";
import { completionReportOf } from "./programme-completion.ts";

interface CertificateOfficeParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly signer: Signer;
  readonly publicUrl: string;
}

interface IssueOrder {
  readonly enrolmentIds?: readonly EnrolmentId[] | undefined;
  /** Instead of the programme's own. */
  readonly numberTemplate?: string | undefined;
  readonly by: string;
}

export interface CertificateOffice {
  /** Issues to those who are complete and have none; one programme's orders after another. */
  issue(programme: Programme, order: IssueOrder): Promise<CertificatesIssued>;
}

export function certificateJson(
  { sequence: _sequence, credential: _credential, ...shown }: Certificate,
  publicUrl: string,
): CertificateJson {
  return { ...shown, verifyUrl: `${publicUrl}/verify/${shown.code}` };
}

export function createCertificateOffice(parts: CertificateOfficeParts): CertificateOffice {
  const { store, clock, publicUrl } = parts;
  let last: Promise<unknown> = Promise.resolve();

  async function issueNow(programme: Programme, order: IssueOrder): Promise<CertificatesIssued> {
    const report = await completionReportOf(store, programme, clock.now());
    const valid = await store.certificates.valid(programme.id);
    const existing = new Map(valid.map((certificate) => [certificate.enrolmentId, certificate]));
    const wanted = order.enrolmentIds && new Set(order.enrolmentIds);
    const people = report.items.filter(({ enrolmentId }) => wanted?.has(enrolmentId) ?? true);
    const roster = await store.enrolments.roster(programme.id, null);
    const erased = new Set<string>(roster.flatMap(({ id, erasedAt }) => (erasedAt === null ? [] : [id])));
    const entitled = people.filter(
      ({ enrolmentId, status }) =>
        status === "complete" && !existing.has(enrolmentId) && !erased.has(enrolmentId),
    );
    const issued = await drawUp(parts, programme, entitled, order);
    const written = await store.certificates.create(issued);
    // Another node issued meanwhile: what is left is counted anew.
    if (!written.ok) return await issueNow(programme, order);
    const fresh = new Map(issued.map((certificate) => [certificate.enrolmentId, certificate]));
    const items = people.map((person): CertificatesIssued["items"][number] => {
      const { enrolmentId, externalId, name, status, requirements } = person;
      const certificate = fresh.get(enrolmentId) ?? existing.get(enrolmentId) ?? null;
      const found = fresh.has(enrolmentId) ? "issued" : "existing";
      return {
        enrolmentId,
        externalId,
        name,
        outcome: certificate ? found : "refused",
        certificate: certificate && certificateJson(certificate, publicUrl),
        status,
        missing: requirements.filter(({ met }) => !met),
      };
    });
    return reportFrom([...items, ...unknownAmong(order.enrolmentIds ?? [], report.items)]);
  }

  return {
    issue(programme, order) {
      // Numbers are counted: two orders at once would count the same. On two nodes the database says so.
      const mine = last.then(() => issueNow(programme, order));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

async function drawUp(
  { store, clock, newId, signer, publicUrl }: CertificateOfficeParts,
  programme: Programme,
  people: readonly CompletionItem[],
  { numberTemplate, by }: IssueOrder,
): Promise<readonly Certificate[]> {
  if (people.length === 0) return [];
  const sessions = (await store.sessions.all(programme.id)).filter(
    ({ cancellation }) => cancellation === null,
  );
  const template =
    numberTemplate ?? (await store.certificates.numberTemplate(programme.id)) ?? DEFAULT_NUMBER_TEMPLATE;
  const issuer = await store.issuer.find();
  const from = (await store.certificates.lastSequence(programme.id)) + 1;
  const issuedAt = clock.now();
  return await Promise.all(
    people.map(async (person, i) => {
      const facts = factsFrom(programme, person, sessions, issuer);
      const certificate: Omit<Certificate, "credential"> = {
        id: newId("crt"),
        programmeId: programme.id,
        enrolmentId: person.enrolmentId,
        sequence: from + i,
        number: certificateNumberFrom(template, {
          sequence: from + i,
          programme: programme.code,
          at: issuedAt,
          timeZone: facts.timeZone,
        }),
        code: newCertificateCode(),
        facts,
        issuedBy: by,
        issuedAt,
        revokedAt: null,
        revokedBy: null,
        revokedReason: null,
        erasedAt: null,
      };
      return { ...certificate, credential: await credentialFrom(certificate, publicUrl, signer) };
    }),
  );
}

function factsFrom(
  { code, title, units }: Programme,
  person: CompletionItem,
  sessions: readonly Session[],
  issuer: IssuerFacts | null,
): CertificateFacts {
  const slots = sessions.flatMap((session) => session.slots);
  const jpOf = new Map(person.units.map((unit) => [unit.code, unit.jp]));
  return {
    name: person.name,
    externalId: person.externalId,
    institution: person.institution,
    programme: { code, title },
    jp: person.jp,
    units: units.map((unit) => ({ code: unit.code, title: unit.title, jp: jpOf.get(unit.code) ?? 0 })),
    heldFrom: slots.reduce((first, { startAt }) => Math.min(first, startAt), Number.POSITIVE_INFINITY),
    heldTo: slots.reduce((latest, { endAt }) => Math.max(latest, endAt), 0),
    timeZone: sessions[0]?.timeZone ?? "Asia/Jakarta",
    issuer,
    policyVersion: person.policyVersion,
  };
}

function unknownAmong(
  wanted: readonly EnrolmentId[],
  known: readonly CompletionItem[],
): CertificatesIssued["items"] {
  const ids = new Set(known.map(({ enrolmentId }) => enrolmentId));
  return [...new Set(wanted)]
    .filter((id) => !ids.has(id))
    .map((enrolmentId) => ({
      enrolmentId,
      externalId: null,
      name: null,
      outcome: "refused",
      certificate: null,
      status: "unknown",
      missing: [],
    }));
}

function reportFrom(items: CertificatesIssued["items"]): CertificatesIssued {
  const count = (outcome: string) => items.filter((item) => item.outcome === outcome).length;
  return { issued: count("issued"), existing: count("existing"), refused: count("refused"), items };
}
