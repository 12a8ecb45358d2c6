import { createLocalJWKSet, jwtVerify } from "jose";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../server/new-id.ts";
import {
  CERTIFICATE_CODE,
  type CertificateJson,
  type CertificatesIssued,
} from "../../server/protocol/certificates.ts";
import { DEFAULT_POLICY } from "../../server/protocol/evidence.ts";
import { DEFAULT_HTTP_LIMITS } from "../../server/transport/rate-limits.ts";
import { type ApiServer, PUBLIC_URL, serveApi } from "../support/api-server.ts";
import { ONE_PIXEL_PNG } from "../support/one-pixel-png.ts";
import { createTrainingCentre, type LinkOf, type TrainingCentre } from "../support/training-centre.ts";

const PATH = "/api/v1/programmes/PAI-2026/certificates";

let server: ApiServer;
let centre: TrainingCentre;
beforeEach(async () => {
  server = await serveApi({ limits: { ...DEFAULT_HTTP_LIMITS, wrongTokensPerTenMinutes: 5 } });
  centre = await createTrainingCentre(server);
  await server.store.programmes.changePolicy(centre.programme.id, {
    ...DEFAULT_POLICY,
    requirements: [{ code: "post-test", minScore: 70 }],
  });
  await pass(centre.ayu.externalId, 80);
  await pass(centre.budi.externalId, 60);
  server.clock.advance(30 * 86_400_000);
});
afterEach(() => server.close());

async function pass(externalId: string, score: number): Promise<void> {
  const json = { externalId, requirement: "post-test", score, takenAt: server.clock.now(), source: "LMS" };
  await server.call("post", "/api/v1/programmes/PAI-2026/results", { ...centre.key, json });
}

async function issue(json: object = {}): Promise<CertificatesIssued> {
  return (await server.call("post", PATH, { ...centre.key, json })).json as CertificatesIssued;
}

/** Ayu's, who is complete. */
async function issued(json: object = {}): Promise<CertificateJson> {
  const { items } = await issue({ ...json, enrolmentIds: [centre.ayu.id] });
  if (!items[0]?.certificate) throw new Error("no certificate was issued");
  return items[0].certificate;
}

const get = (path: string) => server.call("get", path, centre.key);
const revoke = (id: string, reason: string) =>
  server.call("post", `/api/v1/certificates/${id}/revoke`, { ...centre.key, json: { reason } });
const verify = (code: string) => server.call("get", `/api/v1/verify/${code}`);

describe("certificates over HTTP", () => {
  it("CE1 issues to who is complete and says of the others what is missing", async () => {
    const stranger = newId("enr");
    const report = await issue({ enrolmentIds: [centre.ayu.id, centre.budi.id, stranger] });
    expect(report).toMatchObject({
      issued: 1,
      existing: 0,
      refused: 2,
      items: [
        { enrolmentId: centre.ayu.id, outcome: "issued", missing: [], certificate: { revokedAt: null } },
        {
          enrolmentId: centre.budi.id,
          outcome: "refused",
          certificate: null,
          status: "incomplete",
          missing: [{ code: "post-test", required: 70, found: 60, met: false, why: "score-below" }],
        },
        { enrolmentId: stranger, outcome: "refused", status: "unknown" },
      ],
    });
  });

  it("CE2 a second issue returns the first, also when both come at once", async () => {
    const [first, second] = await Promise.all([issue(), issue()]);
    expect([first.issued, second.issued, second.existing]).toEqual([1, 0, 1]);
    const certificateOf = ({ items }: CertificatesIssued) =>
      items.find(({ enrolmentId }) => enrolmentId === centre.ayu.id)?.certificate;
    expect(certificateOf(second)).toEqual(certificateOf(first));
    expect((await get(PATH)).json).toMatchObject({ items: [certificateOf(first)], nextCursor: null });
  });

  it("CE2 after a revocation another may be issued", async () => {
    const first = await issued();
    await revoke(first.id, "Nama salah");
    const second = await issued();
    expect(second.id).not.toBe(first.id);
    expect([first.number, second.number]).toEqual(["0001/PAI-2026/2026", "0002/PAI-2026/2026"]);
    expect(second.code).not.toBe(first.code);
  });

  it.each([
    ["{number}/LAN/{programme}/{year}", 200],
    ["no number", 400],
    ["{number} {name}", 400],
  ])("CE3 numbers by the template %s: %i", async (numberTemplate, status) => {
    const answer = await server.call("post", PATH, { ...centre.key, json: { numberTemplate } });
    expect(answer.status).toBe(status);
    if (status === 400) expect(answer.json).toMatchObject({ errors: [{ path: "numberTemplate" }] });
    else expect(answer.text).toContain("0001/LAN/PAI-2026/2026");
  });

  it("CE4 is an Open Badges credential that the installation's key verifies", async () => {
    const certificate = await issued();
    const { text } = await get(`/api/v1/certificates/${certificate.id}/credential`);
    const { pem: _pem, ...key } = (await server.call("get", "/api/v1/signing-key")).json as { pem: string };
    const keys = createLocalJWKSet({ keys: [{ kty: "OKP", ...key }] });
    const { payload } = await jwtVerify(text, keys, {
      issuer: PUBLIC_URL,
      currentDate: new Date(certificate.issuedAt + 1000),
    });
    expect(payload).toMatchObject({
      type: ["VerifiableCredential", "OpenBadgeCredential"],
      jti: certificate.verifyUrl,
      credentialSubject: {
        identifier: [{ identityHash: "Ayu Lestari" }],
        achievement: { name: centre.programme.title },
      },
    });
    expect(text).not.toContain(centre.ayu.externalId);
    const [header, body, signature] = text.split(".");
    const forged = Buffer.from(String(body), "base64url").toString().replace("Ayu", "Adi");
    await expect(
      jwtVerify(`${header}.${Buffer.from(forged).toString("base64url")}.${signature}`, keys),
    ).rejects.toThrow();
  });

  it("CE5 is a PDF with the units on its back", async () => {
    const certificate = await issued();
    const response = await fetch(
      `http://127.0.0.1:${server.port}/api/v1/certificates/${certificate.id}/pdf`,
      { headers: { authorization: `Bearer ${centre.key.key}` } },
    );
    expect(response.headers.get("content-type")).toBe("application/pdf");
    const loading = getDocument({ data: new Uint8Array(await response.arrayBuffer()), verbosity: 0 });
    const document = await loading.promise;
    const texts = await Promise.all(
      [1, 2].map(async (page) => {
        const { items } = await (await document.getPage(page)).getTextContent();
        return items.map((item) => ("str" in item ? item.str : "")).join(" ");
      }),
    );
    expect(document.numPages).toBe(2);
    await loading.destroy();
    for (const words of ["Ayu Lestari", certificate.number, centre.programme.title])
      expect(texts[0]).toContain(words);
    expect(texts[0]?.replace(/\s/g, "")).toContain(certificate.code);
    for (const { title } of centre.programme.units) expect(texts[1]).toContain(title);
  });

  it("CE6 is revoked once, with a reason", async () => {
    const certificate = await issued();
    expect((await revoke(certificate.id, " ")).status).toBe(400);
    expect((await revoke(certificate.id, "Nama salah")).json).toMatchObject({ revokedReason: "Nama salah" });
    expect((await revoke(certificate.id, "Lain")).json).toMatchObject({ revokedReason: "Nama salah" });
    expect((await revoke(newId("crt"), "Lain")).status).toBe(404);
  });

  it("CE7 is verified by anybody with the code, however it is typed, without the person's number", async () => {
    const { id, code } = await issued();
    expect(code).toMatch(CERTIFICATE_CODE);
    const { json, text } = await verify(code);
    expect(json).toMatchObject({ status: "valid", name: "Ayu Lestari", code });
    expect(text).not.toContain(centre.ayu.externalId);
    expect(text).not.toContain("enr_");
    expect((await verify(code.replaceAll("-", "").toLowerCase().replaceAll("0", "o"))).status).toBe(200);
    await revoke(id, "Nama salah");
    expect((await verify(code)).json).toMatchObject({ status: "revoked", revokedReason: "Nama salah" });
  });

  it("CE10 a participant has their own by their link, while it is valid, and nobody else's", async () => {
    const own = async ({ linkId, cookie }: LinkOf, part = "") =>
      await server.call("get", `/api/v1/join/${linkId}/certificate${part}`, { cookie });
    const [startAt, endAt] = [server.clock.now() - 2_000, server.clock.now() - 1_000];
    const [slot] = centre.session.slots;
    if (!slot) throw new Error("the session has no slot");
    // A link lasts a day after its session: theirs ended weeks ago.
    const later = {
      ...centre.session,
      id: newId("ses"),
      slots: [{ ...slot, id: newId("slt"), startAt, endAt }],
    };
    await server.store.sessions.create(later);
    const [ayus, budis] = [await centre.linkFor(centre.ayu, later), await centre.linkFor(centre.budi, later)];
    expect((await own(ayus)).json).toEqual({ certificate: null });
    const { id, number, verifyUrl } = await issued();
    expect((await own(ayus)).json).toMatchObject({ certificate: { number, verifyUrl } });
    expect((await own(ayus, "/pdf")).text).toMatch(/^%PDF-/);
    expect((await own(budis)).json).toEqual({ certificate: null });
    expect((await own(budis, "/pdf")).status).toBe(404);
    expect((await own({ ...ayus, cookie: budis.cookie })).status).toBe(401);
    await revoke(id, "Nama salah");
    expect((await own(ayus)).json).toEqual({ certificate: null });
  });

  it("CE7 cannot be enumerated: wrong codes are limited by address, right ones are not", async () => {
    const { code } = await issued();
    for (let i = 0; i < 10; i++) expect((await verify(code)).status).toBe(200);
    for (let i = 0; i < 5; i++) expect((await verify(`WRONG${i}`)).status).toBe(404);
    expect((await verify("WRONG9")).status).toBe(429);
  });
});

describe("the issuer and the numbers", () => {
  const ISSUER = "/api/v1/issuer";
  const put = (path: string, json: object) => server.call("put", path, { ...centre.key, json });
  const putLogo = (body: Uint8Array<ArrayBuffer>, type = "image/png") =>
    server.call("put", `${ISSUER}/logo`, { ...centre.key, body, type });
  const signed = { name: "Badan Diklat", city: "Jakarta", signerName: "Siti", signerTitle: "Kepala" };

  it("CE8 a certificate keeps its issuer, the policy's version and its logo", async () => {
    expect((await get(ISSUER)).json).toMatchObject({ name: null, logo: null });
    expect((await putLogo(ONE_PIXEL_PNG)).status).toBe(409);
    expect((await put(ISSUER, { ...signed, signerNip: "" })).json).toMatchObject({ signerNip: null });
    const { logo } = (await putLogo(ONE_PIXEL_PNG)).json as { logo: string };
    expect(logo).toMatch(/^[0-9a-f]{64}$/);
    const certificate = await issued();
    await put(ISSUER, { name: "Badan Lain" });
    await server.call("delete", `${ISSUER}/logo`, centre.key);
    expect((await get(`/api/v1/certificates/${certificate.id}`)).json).toMatchObject({
      facts: { issuer: { ...signed, logo }, policyVersion: 2 },
    });
    expect((await verify(certificate.code)).json).toMatchObject({
      issuer: "Badan Diklat",
      signer: { name: "Siti", title: "Kepala" },
    });
    for (const path of [`/api/v1/certificates/${certificate.id}/pdf`, `${PATH}.pdf`, `${ISSUER}/sample`]) {
      expect((await get(path)).text).toMatch(/^%PDF-/);
    }
  });

  const bomb = Buffer.from(ONE_PIXEL_PNG);
  bomb.writeUInt32BE(60_000, 16);
  it.each([
    ["HTML", Buffer.from("<script>alert(1)</script>"), "image/png", 400],
    ["an SVG", Buffer.from("<svg/>"), "image/svg+xml", 415],
    ["a PNG cut short", ONE_PIXEL_PNG.subarray(0, 40), "image/png", 400],
    ["a PNG of 60,000 pixels", bomb, "image/png", 400],
    ["a JPEG that is only its beginning", Buffer.from([0xff, 0xd8, 0xff, 0xe0]), "image/jpeg", 400],
    ["more than 1 MB", Buffer.alloc(1024 * 1024 + 1), "image/png", 413],
  ])("CE9 a logo is a picture by its content: %s", async (_name, bytes, type, status) => {
    await put(ISSUER, signed);
    expect((await putLogo(new Uint8Array(bytes), type)).status).toBe(status);
    expect((await get(ISSUER)).json).toMatchObject({ logo: null });
  });

  it("CE9 a PNG that is called a JPEG is kept as what it is", async () => {
    await put(ISSUER, signed);
    expect((await putLogo(ONE_PIXEL_PNG, "image/jpeg")).status).toBe(200);
    expect((await get(`${ISSUER}/logo`)).headers.get("content-type")).toBe("image/png");
  });

  it.each([
    [{}, "name"],
    [{ name: "A\u0000B" }, "name"],
    [{ name: "A".repeat(201) }, "name"],
    [{ name: "A", signerNip: 1 }, "signerNip"],
    [{ name: "A", logo: "ab" }, "logo"],
  ])("CE8 the issuer %j is refused at its field", async (json, path) => {
    const answer = await put(ISSUER, json);
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ errors: [{ path }] });
  });

  it("CE3 a programme has a template of its own, and shows the next number", async () => {
    const numbering = `${PATH}/numbering`;
    expect((await get(numbering)).json).toMatchObject({ next: "0001/PAI-2026/2026", nextSequence: 1 });
    const template = "{number:3}/BPSDM/{month-roman}/{year}";
    const { next } = (await put(numbering, { template })).json as { next: string };
    expect((await issued()).number).toBe(next);
    expect((await put(numbering, { template: "{month}" })).status).toBe(400);
    expect((await get(numbering)).json).toMatchObject({ template, nextSequence: 2 });
  });
});
