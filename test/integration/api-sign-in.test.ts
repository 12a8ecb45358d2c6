import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../server/new-id.ts";
import type { AccountId } from "../../server/protocol/ids.ts";
import type { AccountRole } from "../../server/protocol/people.ts";
import { type Answer, type ApiServer, type Call, serveApi } from "../support/api-server.ts";
import { codeFor } from "../support/totp-code.ts";
import {
  cookieIn,
  givePassword,
  openAccount,
  PASSWORD,
  signedIn,
  tokenIn,
} from "../support/training-centre.ts";

const HOUR_MS = 3_600_000;
const EMAIL = "ratna@contoh.go.id";

let server: ApiServer;
beforeEach(async () => {
  server = await serveApi();
});
afterEach(() => server.close());

const account = (role: AccountRole, email = EMAIL): Promise<AccountId> =>
  openAccount(server, newId("adm"), email, role);

async function withPassword(role: AccountRole, email = EMAIL): Promise<AccountId> {
  const id = await account(role, email);
  await givePassword(server, id);
  return id;
}

const signIn = (json: object, call: Call = {}) =>
  server.call("post", "/api/v1/account/sign-in", {
    json: { email: EMAIL, password: PASSWORD, ...json },
    ...call,
  });

const cookiesOf = ({ headers }: Answer) => headers.getSetCookie().map(cookieIn).join("; ");

/** Sets up a second factor as somebody who is signed in; answers with the secret and the recovery codes. */
async function setUpSecondFactor(call: Call) {
  const proposed = await server.call("post", "/api/v1/account/second-factor", call);
  const { secret } = proposed.json as { secret: string };
  const json = { code: codeFor(secret, server.clock.now()) };
  const confirmed = await server.call("post", "/api/v1/account/second-factor/confirm", { ...call, json });
  return { secret, confirmed, codes: (confirmed.json as { recoveryCodes: string[] }).recoveryCodes };
}

describe("signing in by password", () => {
  it("AU6 sets a password by a link of seven days, once, and signs in", async () => {
    const id = await account("auditor");
    const { url } = await server.auth.createAccountLink(id, "password");
    expect(url).toMatch(/^https:\/\/balai\.test\/admin\/set-password#[\w-]{43}$/);
    const token = tokenIn(url);
    const accept = (password: string) =>
      server.call("post", "/api/v1/account/invitation/accept", { json: { token, password } });
    expect((await server.call("post", "/api/v1/account/invitation", { json: { token } })).json).toEqual({
      email: EMAIL,
      name: EMAIL,
    });
    expect(await accept("password123")).toMatchObject({
      status: 400,
      json: { errors: [{ path: "password", message: "is one of the commonest passwords" }] },
    });
    server.clock.advance(7 * 24 * HOUR_MS - 1);
    const accepted = await accept(PASSWORD);
    expect(accepted).toMatchObject({ status: 200, json: { signedIn: { access: "auditor" } } });
    expect((await server.call("get", "/api/v1/programmes", { cookie: cookiesOf(accepted) })).status).toBe(
      200,
    );
    expect(await accept(PASSWORD)).toMatchObject({ status: 401, json: { code: "link-unknown" } });
    expect((await signIn({ email: " RATNA@contoh.go.id" })).status).toBe(200);
    expect(await server.store.accounts.passwordHash(id)).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$/);
  });

  it("AU6 says the same of a wrong password, an unknown e-mail and a disabled account", async () => {
    const id = await withPassword("auditor");
    const answers = [
      await signIn({ password: "salah sama sekali" }),
      await signIn({ email: "siapa@contoh.go.id" }),
    ];
    await server.store.accounts.change(id, { disabledAt: 1 });
    answers.push(await signIn({}));
    for (const { status, json } of answers) {
      expect({ status, json }).toEqual({ status: 401, json: { ...(json as object), code: "sign-in-wrong" } });
    }
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it("AU6 takes a password however its letters were composed", async () => {
    const id = await account("auditor");
    await givePassword(server, id, "kafé di ujung jalan");
    expect((await signIn({ password: "kafe\u0301 di ujung jalan" })).status).toBe(200);
  });

  it.each([
    [{ password: "x".repeat(1001) }, 400],
    [{ password: "x".repeat(17_000) }, 413],
    [{ password: "a\u0000b" }, 401],
    [{ password: "\ud800" }, 401],
    [{ password: 12345678901 }, 400],
    [{ password: ["a"] }, 400],
    [{ password: "" }, 400],
    [{ email: { $ne: null } }, 400],
    [{ email: "x".repeat(300) }, 400],
    [{ email: "a\u0000b@contoh.go.id" }, 401],
    [{ code: 123456 }, 400],
    [{ code: "9".repeat(50) }, 400],
    [{ role: "admin" }, 400],
  ])("AU6 answers hostile input %# with %i", async (json, status) => {
    await withPassword("auditor");
    expect((await signIn(json)).status).toBe(status);
    expect(server.faults).toEqual([]);
  });

  it("AU7 opens the office to an administrator once the second factor is set up", async () => {
    await withPassword("admin");
    const entered = await signIn({});
    expect(entered).toMatchObject({ status: 200, json: { access: "unready-admin" } });
    const browser = { cookie: cookiesOf(entered) };
    expect(await server.call("get", "/api/v1/programmes", browser)).toMatchObject({
      status: 403,
      json: { code: "second-factor-unset" },
    });
    const { confirmed, codes } = await setUpSecondFactor(browser);
    expect(confirmed.status).toBe(200);
    expect(new Set(codes).size).toBe(10);
    expect((await server.call("get", "/api/v1/programmes", browser)).status).toBe(200);
    expect((await server.call("post", "/api/v1/account/second-factor", browser)).status).toBe(409);
  });

  it("AU7 takes each code once, one step early or late, and each recovery code once", async () => {
    const id = await withPassword("admin");
    const { secret, codes } = await setUpSecondFactor(await signedIn(server, id));
    const code = (offMs: number) => codeFor(secret, server.clock.now() + offMs);
    expect(await signIn({})).toMatchObject({ status: 401, json: { code: "second-factor-needed" } });
    expect(await signIn({ code: code(0) })).toMatchObject({ json: { code: "second-factor-wrong" } });
    server.clock.advance(60_000);
    expect((await signIn({ code: code(-60_000) })).status).toBe(401);
    expect((await signIn({ code: code(60_000) })).status).toBe(401);
    expect((await signIn({ code: code(-30_000) })).status).toBe(200);
    expect((await signIn({ code: ` ${code(30_000)} ` })).status).toBe(200);
    expect((await signIn({ code: code(0) })).status).toBe(401);
    expect((await signIn({ code: codes[3]?.toUpperCase().replace("-", " ") })).status).toBe(200);
    expect((await signIn({ code: codes[3] })).status).toBe(401);
  });

  it("AU7 asks for the second factor also after a new password by link", async () => {
    const id = await withPassword("admin");
    await setUpSecondFactor(await signedIn(server, id));
    const token = tokenIn((await server.auth.createAccountLink(id, "password")).url);
    const json = { token, password: "enam roti tawar di meja" };
    const accepted = await server.call("post", "/api/v1/account/invitation/accept", { json });
    expect(accepted).toMatchObject({ status: 200, json: { signedIn: null } });
    expect(accepted.headers.getSetCookie()).toEqual([]);
  });
});

describe("slowing down who guesses", () => {
  const wrong = (email = EMAIL, call: Call = {}) => signIn({ email, password: "salah sama sekali" }, call);

  it("AU8 waits longer after every failure, says how long, and refuses the right password meanwhile", async () => {
    await withPassword("auditor");
    for (let count = 0; count < 5; count++) expect((await wrong()).status).toBe(401);
    const refused = await signIn({});
    expect(refused).toMatchObject({ status: 429, json: { code: "sign-in-wait", retryAfterMs: 30_000 } });
    expect(refused.headers.get("retry-after")).toBe("30");
    server.clock.advance(30_000);
    expect((await wrong()).status).toBe(401);
    expect(await wrong()).toMatchObject({ json: { retryAfterMs: 60_000 } });
    server.clock.advance(60_000);
    expect((await signIn({})).status).toBe(200);
    expect((await wrong()).status).toBe(401);
  });

  it("AU8 says the same of an account that nobody has", async () => {
    for (let count = 0; count < 5; count++) await wrong("siapa@contoh.go.id");
    expect(await wrong("Siapa@contoh.go.id")).toMatchObject({ status: 429, json: { retryAfterMs: 30_000 } });
  });

  it("AU8 lets in a browser that signed in before, whoever guesses elsewhere", async () => {
    const id = await withPassword("auditor");
    const known = { cookie: cookiesOf(await signIn({})) };
    expect(known.cookie).toContain(`balai_device_${id}=dev_`);
    for (let count = 0; count < 20; count++) await wrong();
    expect((await signIn({})).status).toBe(429);
    expect((await signIn({}, known)).status).toBe(200);
    for (let count = 0; count < 5; count++) expect((await wrong(EMAIL, known)).status).toBe(401);
    expect((await signIn({}, known)).status).toBe(429);
    const forged = { cookie: known.cookie.replace(/dev_\w/, "dev_0") };
    expect((await signIn({}, forged)).status).toBe(429);
  });

  it("AU8 does not lock out an office behind one address for one who forgot, but stops a list of names", async () => {
    await withPassword("auditor", "kantor@contoh.go.id");
    for (let count = 0; count < 30; count++) await wrong();
    expect((await signIn({ email: "kantor@contoh.go.id" })).status).toBe(200);
    for (let count = 0; count < 50; count++) await wrong(`orang${count}@contoh.go.id`);
    expect(await signIn({ email: "kantor@contoh.go.id" })).toMatchObject({
      status: 429,
      json: { retryAfterMs: 15 * 60_000 },
    });
    server.clock.advance(15 * 60_000);
    expect((await signIn({ email: "kantor@contoh.go.id" })).status).toBe(200);
  });

  it("AU8 counts attempts that come at once one by one", async () => {
    await withPassword("auditor");
    const answers = await Promise.all(Array.from({ length: 30 }, () => wrong()));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
  });

  it("AU8 stays bounded under 10,000 attempts", async () => {
    const statuses: Record<number, number> = {};
    for (let batch = 0; batch < 100; batch++) {
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, index) => wrong(`orang${batch * 100 + index}@contoh.go.id`)),
      );
      for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1;
    }
    expect(statuses[401]).toBe(50);
    expect(statuses[429]).toBe(9_950);
  });
});

describe("one's own account", () => {
  it("AU9 changes a password with the one before, and ends the other sign-ins", async () => {
    const id = await withPassword("auditor");
    const here = { cookie: cookiesOf(await signIn({})) };
    const elsewhere = { cookie: cookiesOf(await signIn({})) };
    const change = (json: object) => server.call("put", "/api/v1/account/password", { ...here, json });
    const next = "tujuh roti tawar di meja";
    expect(await change({ password: next })).toMatchObject({
      status: 400,
      json: { errors: [{ path: "current" }] },
    });
    expect(await change({ current: PASSWORD, password: "pendek" })).toMatchObject({
      status: 400,
      json: { errors: [{ path: "password" }] },
    });
    expect((await change({ current: PASSWORD, password: next })).status).toBe(204);
    expect((await server.call("get", "/api/v1/account", here)).status).toBe(200);
    expect((await server.call("get", "/api/v1/account", elsewhere)).status).toBe(401);
    expect((await signIn({})).status).toBe(401);
    expect((await signIn({ password: next })).status).toBe(200);
    expect(await server.store.accounts.find(id)).toMatchObject({ hasPassword: true });
  });

  it("AU9 lists sign-ins and ends one", async () => {
    const id = await withPassword("auditor");
    const here = { cookie: cookiesOf(await signIn({}, { headers: { "user-agent": "Firefox" } })) };
    const elsewhere = await signedIn(server, id);
    const list = await server.call("get", "/api/v1/account/sign-ins", here);
    const { items } = list.json as { items: { id: string; device: string; isThisOne: boolean }[] };
    expect(items.map(({ device, isThisOne }) => [device, isThisOne])).toContainEqual(["Firefox", true]);
    const other = items.find(({ isThisOne, device }) => !isThisOne && device === "test");
    expect((await server.call("delete", `/api/v1/account/sign-ins/${other?.id}`, here)).status).toBe(204);
    expect((await server.call("delete", `/api/v1/account/sign-ins/${other?.id}`, here)).status).toBe(404);
    const left = await server.store.signIns.list(id, server.clock.now());
    expect(left.some((one) => one.id === other?.id)).toBe(false);
    expect(elsewhere.cookie).not.toBe("");
  });

  it("AU9 takes one's second factor away with a code of it", async () => {
    const id = await withPassword("auditor");
    const here = await signedIn(server, id);
    const { codes } = await setUpSecondFactor(here);
    const remove = (code: string) =>
      server.call("post", "/api/v1/account/second-factor/remove", { ...here, json: { code } });
    expect(await remove("000000x")).toMatchObject({ status: 400, json: { errors: [{ path: "code" }] } });
    expect((await remove(codes[0] ?? "")).status).toBe(204);
    expect((await signIn({})).status).toBe(200);
  });
});
