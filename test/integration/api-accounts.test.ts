import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../server/new-id.ts";
import { type ApiServer, type Call, serveApi } from "../support/api-server.ts";
import {
  cookieIn,
  createTrainingCentre,
  givePassword,
  openAccount,
  PASSWORD,
  signedIn,
  type TrainingCentre,
  tokenIn,
} from "../support/training-centre.ts";

let server: ApiServer;
let centre: TrainingCentre;
beforeEach(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server, "hybrid");
});
afterEach(() => server.close());

const asAdmin = (method: string, path: string, json?: unknown) =>
  server.call(method, path, { ...centre.admin, ...(json === undefined ? {} : { json }) });

describe("accounts over HTTP", () => {
  it("AU10 invites somebody, who sets a password and signs in", async () => {
    const body = { email: "baru.sekali@contoh.go.id", name: "Rina", role: "auditor" };
    const created = await asAdmin("post", "/api/v1/accounts", body);
    expect(created).toMatchObject({ status: 201, json: { account: { ...body, hasPassword: false } } });
    const token = tokenIn((created.json as { url: string }).url);
    const accepted = await server.call("post", "/api/v1/account/invitation/accept", {
      json: { token, password: PASSWORD },
    });
    expect(accepted).toMatchObject({ status: 200, json: { signedIn: { account: { name: "Rina" } } } });
    expect(
      await asAdmin("post", "/api/v1/accounts", { ...body, email: "BARU.sekali@contoh.go.id" }),
    ).toMatchObject({
      status: 409,
      json: { code: "already-exists", errors: [{ path: "email" }] },
    });
  });

  it.each([
    [{ email: "x" }, "email"],
    [{ name: "" }, "name"],
    [{ name: "a\u0000b" }, "name"],
    [{ name: "x".repeat(201) }, "name"],
    [{ role: "boss" }, "role"],
    [{ password: "x" }, "password"],
  ])("AU10 names the field in %j", async (change, path) => {
    const body = { email: "baru.sekali@contoh.go.id", name: "Rina", role: "auditor", ...change };
    expect(await asAdmin("post", "/api/v1/accounts", body)).toMatchObject({
      status: 400,
      json: { errors: [{ path }] },
    });
  });

  it("AU10 disabling ends sign-ins and links, and nobody disables the last administrator", async () => {
    const id = await openAccount(server, newId("adm"), "audit2@contoh.go.id", "auditor");
    await givePassword(server, id);
    const browser = await signedIn(server, id);
    const token = tokenIn((await server.auth.createAccountLink(id, "password")).url);
    const path = `/api/v1/accounts/${id}`;
    expect(await asAdmin("put", path, { isDisabled: true })).toMatchObject({
      status: 200,
      json: { disabledAt: server.clock.now() },
    });
    expect((await server.call("get", "/api/v1/account", browser)).status).toBe(401);
    expect((await server.call("post", "/api/v1/account/invitation", { json: { token } })).status).toBe(401);
    expect((await asAdmin("post", `${path}/password-link`)).status).toBe(409);
    expect(await asAdmin("put", path, { isDisabled: false })).toMatchObject({ json: { disabledAt: null } });
    await asAdmin("put", `/api/v1/accounts/${centre.accountIds["unready-admin"]}`, { role: "auditor" });
    for (const change of [{ isDisabled: true }, { role: "auditor" }]) {
      expect(await asAdmin("put", `/api/v1/accounts/${centre.adminId}`, change)).toMatchObject({
        status: 409,
        json: { code: "last-admin" },
      });
    }
    expect((await asAdmin("put", "/api/v1/accounts/adm_nobody", { name: "x" })).status).toBe(404);
  });

  it("AU10 signs somebody out everywhere and takes a lost second factor away", async () => {
    const { auditor } = centre.accountIds;
    const browser = { cookie: centre.credentials.auditor.cookie ?? "" };
    expect((await asAdmin("post", `/api/v1/accounts/${auditor}/sign-out`)).status).toBe(204);
    expect((await server.call("get", "/api/v1/account", browser)).status).toBe(401);
    await server.store.secondFactors.propose(auditor, "AAAA");
    expect((await asAdmin("post", `/api/v1/accounts/${auditor}/second-factor/reset`)).status).toBe(204);
    expect(await server.store.secondFactors.find(auditor)).toBeNull();
    expect((await asAdmin("post", "/api/v1/accounts/adm_nobody/sign-out")).status).toBe(404);
  });

  it("AU10 makes a key of one's own, which ends with one's account", async () => {
    const id = await openAccount(server, newId("adm"), "kedua@contoh.go.id", "admin");
    const json = { name: "Aplikasi", scopes: ["write", "read"] };
    const made = await server.call("post", "/api/v1/api-keys", { ...(await signedIn(server, id)), json });
    expect(made).toMatchObject({ status: 201, json: { key: { ownerId: id, scopes: ["read", "write"] } } });
    const { secret } = made.json as { secret: string };
    const read = async () => (await server.call("get", "/api/v1/programmes", { key: secret })).status;
    expect(await read()).toBe(200);
    await server.store.accounts.change(id, { disabledAt: 1 });
    expect(await read()).toBe(401);
  });
});

describe("two persons", () => {
  it("AJ2 a key and its owner are one person; another's key is another's", async () => {
    const other = await openAccount(server, newId("adm"), "kedua@contoh.go.id", "admin");
    const own = {
      key: (await server.auth.createApiKey("sendiri", ["read", "write"], centre.adminId)).secret,
    };
    const others = { key: (await server.auth.createApiKey("lain", ["read", "write"], other)).secret };
    const path = `/api/v1/sessions/${centre.session.id}/adjustments`;
    const propose = async (who: Call) => {
      const json = {
        slotId: centre.session.slots[0]?.id,
        enrolmentId: centre.ayu.id,
        jp: 0.5,
        reason: "Listrik",
      };
      return ((await server.call("post", path, { ...who, json })).json as { adjustmentId: string })
        .adjustmentId;
    };
    const approve = async (id: string, who: Call) => await server.call("post", `${path}/${id}/approve`, who);
    const [byPerson, byKey] = [await propose(centre.admin), await propose(own)];
    expect(await approve(byPerson, own)).toMatchObject({ status: 403, json: { code: "own-adjustment" } });
    expect(await approve(byKey, centre.admin)).toMatchObject({
      status: 403,
      json: { code: "own-adjustment" },
    });
    expect(await approve(byPerson, others)).toMatchObject({
      status: 200,
      json: { proposedBy: centre.adminId, decidedBy: other },
    });
    expect((await approve(byKey, centre.key)).status).toBe(200);
  });
});

describe("one's own classes", () => {
  const enter = (who: Call, sessionId: string = centre.session.id) =>
    server.call("post", `/api/v1/my/sessions/${sessionId}/enter`, who);

  it("AU11 lists the sessions of one's programmes, and enters by a link of one's own, the same again", async () => {
    const who = centre.credentials["staff-account"];
    const list = await server.call("get", "/api/v1/my/sessions", who);
    expect(list.json).toMatchObject({
      items: [{ sessionId: centre.session.id, role: "instructor" }, { sessionId: centre.otherSession.id }],
    });
    const entered = await enter(who);
    const { linkId } = entered.json as { linkId: string };
    const cookie = cookieIn(entered.headers.getSetCookie()[0] ?? "");
    expect((await server.call("get", `/api/v1/join/${linkId}`, { cookie })).json).toMatchObject({
      person: { personId: centre.instructor.id, role: "instructor" },
    });
    expect((await enter(who)).json).toEqual({ linkId });
    await asAdmin("delete", `/api/v1/links/${linkId}`);
    expect((await enter(who)).json).not.toEqual({ linkId });
  });

  it("AU11 lets nobody in who is not on the staff, and nobody into a session long over", async () => {
    expect((await enter(centre.credentials.auditor)).status).toBe(403);
    expect((await enter(centre.credentials["staff-account"], "ses_nobody")).status).toBe(404);
    server.clock.advance(60 * 24 * 3_600_000);
    const who = await signedIn(server, centre.accountIds["staff-account"]);
    expect(await enter(who)).toMatchObject({ status: 401, json: { code: "link-expired" } });
  });
});
