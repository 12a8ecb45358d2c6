import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../server/new-id.ts";
import type { LinkId } from "../../server/protocol/ids.ts";
import { createAuth } from "../../server/transport/auth.ts";
import { tokenHashOf } from "../../server/transport/token.ts";
import { type ApiServer, PUBLIC_URL, serveApi } from "../support/api-server.ts";
import {
  cookieIn,
  createTrainingCentre,
  signedIn,
  type TrainingCentre,
  tokenIn,
} from "../support/training-centre.ts";

const HOUR_MS = 3_600_000;

let server: ApiServer;
let centre: TrainingCentre;
beforeEach(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server);
});
afterEach(() => server.close());

const join = (token: unknown, headers: Record<string, string> = {}) =>
  server.call("post", "/api/v1/join", { json: { token }, headers });
const view = (linkId: string, cookie: string) => server.call("get", `/api/v1/join/${linkId}`, { cookie });

describe("joining by a personal link", () => {
  it("LK1 exchanges the token for the link's own cookie and shows who it is for", async () => {
    const { token, linkId } = centre.links.participant;
    const joined = await join(token);
    expect(joined).toMatchObject({ status: 200, json: { linkId } });
    const setCookie = joined.headers.get("set-cookie") ?? "";
    expect(setCookie).toMatch(
      new RegExp(
        `^balai_${linkId}=${linkId}\\.\\d+\\.[\\w-]{43}; Max-Age=90000; Path=/; HttpOnly; Secure; SameSite=Lax$`,
      ),
    );
    expect((await view(linkId, cookieIn(setCookie))).json).toEqual({
      linkId,
      person: {
        personId: centre.ayu.id,
        name: "Ayu Lestari",
        institution: "Dinas Kominfo",
        role: "participant",
      },
      info: {
        sessionId: centre.session.id,
        title: "Sesi pagi",
        unit: "Konsep Artificial Intelligence",
        programme: centre.programme.title,
        timeZone: "Asia/Jakarta",
        slots: centre.session.slots,
      },
      mode: "online",
      cancellation: null,
      recording: null,
      consent: null,
      cluster: null,
      rtpCapabilities: server.rtpCapabilities,
      status: "scheduled",
    });
  });

  it("LK1 takes the token any number of times, on any number of devices", async () => {
    const { token, linkId } = centre.links.participant;
    for (let device = 0; device < 3; device++) {
      const joined = await join(token);
      expect((await view(linkId, cookieIn(joined.headers.get("set-cookie") ?? ""))).status).toBe(200);
    }
  });

  it("LK1 lets one browser hold several links", async () => {
    const { participant, instructor } = centre.links;
    const cookie = `${participant.cookie}; ${instructor.cookie}`;
    expect((await view(participant.linkId, cookie)).json).toMatchObject({ person: { role: "participant" } });
    expect((await view(instructor.linkId, cookie)).json).toMatchObject({ person: { role: "instructor" } });
  });

  it.each([
    ["unknown", "x".repeat(43), 401, "link-unknown"],
    ["too short", "x", 400, "bad-request"],
    ["no text", 7, 400, "bad-request"],
    ["with another alphabet", "é".repeat(43), 400, "bad-request"],
    ["huge", "x".repeat(100_000), 400, "bad-request"],
  ])("LK2 refuses a token that is %s", async (_name, token, status, code) => {
    expect(await join(token)).toMatchObject({ status, json: { code } });
  });

  it("LK2 keeps only the token's hash", async () => {
    const { token, linkId } = centre.links.participant;
    expect((await server.store.links.findByTokenHash(tokenHashOf(token)))?.id).toBe(linkId);
    expect(await server.store.links.findByTokenHash(token)).toBeNull();
  });

  it("LK3 ends a link 24 hours after the session's last slot", async () => {
    const { token, linkId, cookie } = centre.links.participant;
    server.clock.advance(25 * HOUR_MS - 1);
    expect((await join(token)).status).toBe(200);
    expect((await view(linkId, cookie)).status).toBe(200);
    server.clock.advance(1);
    expect(await join(token)).toMatchObject({ status: 401, json: { code: "link-expired" } });
    expect(await view(linkId, cookie)).toMatchObject({ status: 401, json: { code: "link-expired" } });
  });

  it("LK8 makes links for 24 hours more while slots can be disputed, and none after that", async () => {
    const make = () =>
      server.call("post", `/api/v1/sessions/${centre.session.id}/links`, {
        ...centre.key,
        json: { enrolmentId: centre.ayu.id },
      });
    const disputesUntil = (centre.session.slots[0]?.endAt ?? 0) + 14 * 24 * HOUR_MS;
    server.clock.advance(5 * 24 * HOUR_MS);
    const made = await make();
    expect(made).toMatchObject({ status: 201, json: { expiresAt: server.clock.now() + 24 * HOUR_MS } });
    const token = new URL((made.json as { url: string }).url).hash.slice(1);
    expect((await join(token)).status).toBe(200);
    server.clock.advance(disputesUntil - server.clock.now() - HOUR_MS);
    expect((await make()).json).toMatchObject({ expiresAt: disputesUntil });
    server.clock.advance(HOUR_MS);
    expect(await make()).toMatchObject({ status: 409, json: { code: "conflict" } });
  });

  it("LK4 ends a revoked link everywhere, and the connections that came by it", async () => {
    const { token, linkId, cookie } = centre.links.participant;
    const revoked = await server.call("delete", `/api/v1/links/${linkId}`, centre.key);
    expect(revoked).toMatchObject({ status: 200, json: { id: linkId, revokedAt: server.clock.now() } });
    expect(server.classes.calls).toEqual([`endLink ${linkId}`]);
    expect(await join(token)).toMatchObject({ status: 401, json: { code: "link-revoked" } });
    expect(await view(linkId, cookie)).toMatchObject({ status: 401, json: { code: "link-revoked" } });
    expect(
      (await view(centre.links.otherParticipant.linkId, centre.links.otherParticipant.cookie)).status,
    ).toBe(200);
  });

  it("LK5 refuses a cookie that we did not sign for this link", async () => {
    const { participant, otherParticipant } = centre.links;
    const [, value = ""] = otherParticipant.cookie.split("=");
    const [id, expiresAt, signature] = (participant.cookie.split("=")[1] ?? "").split(".");
    const forged = [
      "",
      `balai_${participant.linkId}=`,
      `balai_${participant.linkId}=${value}`,
      `balai_${participant.linkId}=${id}.${expiresAt}`,
      `balai_${participant.linkId}=${id}.${Number(expiresAt) + 1}.${signature}`,
      `balai_${participant.linkId}=${id}.${expiresAt}.${"A".repeat(43)}`,
      `balai_${participant.linkId}=${participant.linkId}.${expiresAt}.${value.split(".")[2]}`,
      `balai_account=${participant.cookie.split("=")[1]}`,
      otherParticipant.cookie,
      "%%%=;;;=",
    ];
    for (const cookie of forged) expect((await view(participant.linkId, cookie)).status).toBe(401);
  });

  it("LK5 signs with the installation's own secret", async () => {
    const { store, clock } = server;
    const other = createAuth({ store, clock, newId, secret: "another", publicUrl: PUBLIC_URL });
    const { linkId, cookie } = centre.links.participant;
    expect(await other.personFromLink(cookie, linkId as LinkId)).toMatchObject({ code: "unauthenticated" });
    expect(await server.auth.personFromLink(cookie, linkId as LinkId)).toMatchObject({ ok: true });
    expect(await server.auth.personFromLink(undefined, linkId as LinkId)).toMatchObject({
      code: "unauthenticated",
    });
  });

  it("LK5 marks cookies Secure where the public address is https, and only there", async () => {
    const { store, clock } = server;
    const auth = createAuth({ store, clock, newId, secret: "s", publicUrl: "http://127.0.0.1:3000/" });
    const { url } = await auth.createLink(centre.session, { enrolmentId: centre.ayu.id });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:3000\/join#/);
    const exchanged = await auth.exchangeLinkToken(tokenIn(url));
    expect(exchanged.ok && exchanged.data.cookie).toMatch(/Path=\/; HttpOnly; SameSite=Lax$/);
    expect(auth.signOutCookie).not.toContain("Secure");
  });

  it("LK6 lets nobody in who has left the session's group", async () => {
    const { store, clock } = server;
    const session = { ...centre.session, id: newId("ses"), group: "A" };
    await store.sessions.create(session);
    const { linkId, cookie } = await centre.linkFor(centre.ayu, session);
    expect((await view(linkId, cookie)).status).toBe(403);
    await store.enrolments.put(
      centre.programme.id,
      [{ ...centre.ayu, newId: newId("enr"), group: "A" }],
      clock.now(),
    );
    expect((await view(linkId, cookie)).status).toBe(200);
  });

  it("LK7 is made for people of the programme only; its address begins with the public one", async () => {
    const make = (json: unknown) =>
      server.call("post", `/api/v1/sessions/${centre.session.id}/links`, {
        ...centre.key,
        json,
        headers: { host: "evil.test", "x-forwarded-host": "evil.test" },
      });
    const made = await make({ staffId: centre.instructor.id });
    expect(made).toMatchObject({ status: 201, json: { staffId: centre.instructor.id, enrolmentId: null } });
    const { url, id } = made.json as { url: string; id: string };
    expect(url).toMatch(/^https:\/\/balai\.test\/join#[\w-]{43}$/);
    expect((await join(tokenIn(url))).json).toEqual({ linkId: id });
    const listed = await server.call("get", `/api/v1/sessions/${centre.session.id}/links`, centre.key);
    expect(listed.text).not.toContain(tokenIn(url));
    const refusals: [unknown, string][] = [
      [{ enrolmentId: "enr_nobody" }, "enrolmentId"],
      [{ staffId: "stf_nobody" }, "staffId"],
      [{ staffId: centre.ayu.id }, "staffId"],
      [{}, "enrolmentId"],
      [{ enrolmentId: centre.ayu.id, staffId: centre.instructor.id }, "staffId"],
    ];
    for (const [json, path] of refusals) {
      expect(await make(json)).toMatchObject({ status: 400, json: { errors: [{ path }] } });
    }
  });
});

describe("requests that a cookie vouches for", () => {
  const signOut = async (headers: Record<string, string>) =>
    fetch(`http://127.0.0.1:${server.port}/api/v1/account/sign-out`, {
      method: "POST",
      headers: { ...(await signedIn(server, centre.adminId)), ...headers },
    });

  it.each([
    [204, { origin: PUBLIC_URL }],
    [204, { "sec-fetch-site": "same-origin" }],
    [403, {}],
    [403, { origin: "https://evil.test" }],
    [403, { origin: "null" }],
    [403, { origin: `${PUBLIC_URL}.evil.test` }],
    [403, { origin: PUBLIC_URL, "sec-fetch-site": "cross-site" }],
    [403, { "sec-fetch-site": "same-site" }],
    [403, { origin: "http://127.0.0.1", host: "127.0.0.1" }],
  ])("AU2 get %i with %o", async (status, headers) => {
    expect((await signOut(headers)).status).toBe(status);
  });

  it("AU2 lets no other site sign anybody in", async () => {
    const answer = await join(centre.links.participant.token, { origin: "https://evil.test" });
    expect(answer.status).toBe(403);
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  it("AU2 does not ask a key where it comes from", async () => {
    const { status } = await server.call("post", `/api/v1/sessions/${centre.session.id}/open`, {
      ...centre.key,
      headers: { origin: "https://lms.test" },
    });
    expect(status).toBe(200);
  });
});

describe("administrators and keys", () => {
  it("AU3 signs in for twelve hours, by a link of twenty-four", async () => {
    const { url } = await server.auth.createAccountLink(centre.adminId, "sign-in");
    expect(url).toMatch(/^https:\/\/balai\.test\/admin#[\w-]{43}$/);
    const signIn = () => server.call("post", "/api/v1/admin/sign-in", { json: { token: tokenIn(url) } });
    const first = await signIn();
    const setCookie = first.headers.get("set-cookie") ?? "";
    expect(setCookie).toMatch(/^balai_account=.*; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const me = () => server.call("get", "/api/v1/account", { cookie: cookieIn(setCookie) });
    expect((await me()).json).toMatchObject({
      account: { id: centre.adminId, email: "admin@contoh.go.id", role: "admin" },
      access: "admin",
    });
    server.clock.advance(12 * HOUR_MS - 1);
    expect((await me()).status).toBe(200);
    server.clock.advance(1);
    expect((await me()).status).toBe(401);
    server.clock.advance(12 * HOUR_MS);
    expect(await signIn()).toMatchObject({ status: 401, json: { code: "link-unknown" } });
  });

  it("AU3 signs out by ending the sign-in and its cookie", async () => {
    const browser = await signedIn(server, centre.adminId);
    const { status, headers } = await server.call("post", "/api/v1/account/sign-out", browser);
    expect(status).toBe(204);
    expect((await server.call("get", "/api/v1/account", browser)).status).toBe(401);
    expect(headers.get("set-cookie")).toMatch(/^balai_account=; Max-Age=0; Path=\/; HttpOnly/);
  });

  it.each(["balai_", "balai_x", "x", "", `balai_${"A".repeat(43)}`, "balai_ü"])(
    "AU4 does not know the key %j",
    async (key) => {
      const headers = { authorization: `Bearer ${encodeURI(key)}` };
      expect((await server.call("get", "/api/v1/programmes", { headers })).status).toBe(401);
    },
  );

  it("AU4 does not let a cookie help a wrong key, nor a revoked key in", async () => {
    const { cookie } = centre.admin;
    expect((await server.call("get", "/api/v1/programmes", { cookie, key: "balai_wrong" })).status).toBe(401);
    const { key } = centre.readKey;
    const list = () => server.call("get", "/api/v1/programmes", { key: centre.readKey.secret });
    expect((await list()).status).toBe(200);
    const revoked = await server.call("delete", `/api/v1/api-keys/${key.id}`, centre.admin);
    expect(revoked).toMatchObject({ status: 200, json: { revokedAt: server.clock.now() } });
    expect((await list()).status).toBe(401);
    expect((await server.call("delete", "/api/v1/api-keys/key_nobody", centre.admin)).status).toBe(404);
  });

  it("AU4 never shows a key's secret", async () => {
    const { text, json } = await server.call("get", "/api/v1/api-keys", centre.admin);
    expect(json).toMatchObject({ items: [{ name: "baca" }, { name: "tulis" }, { name: "keduanya" }] });
    expect(text).not.toContain(centre.readKey.secret.slice(6));
  });
});
