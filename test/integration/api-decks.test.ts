import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accept } from "../../server/protocol/errors.ts";
import { MAX_DECKS_IN_WORK, MAX_PDF_BYTES } from "../../server/transport/deck-uploads.ts";
import { type ApiServer, type Call, PUBLIC_URL, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type LinkOf, type TrainingCentre } from "../support/training-centre.ts";

let server: ApiServer;
let centre: TrainingCentre;
beforeEach(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server);
});
afterEach(() => server.close());

const decksOf = ({ linkId }: LinkOf) => `/api/v1/join/${linkId}/decks`;
const upload = (body: string, change: Partial<Call> & { readonly query?: string } = {}) =>
  server.call("post", `${decksOf(centre.links.instructor)}${change.query ?? "?title=Materi"}`, {
    cookie: centre.links.instructor.cookie,
    type: "application/pdf",
    body,
    ...change,
  });
const get = (link: LinkOf, path = "") =>
  server.call("get", `${decksOf(link)}${path}`, { cookie: link.cookie });

/** A promise and what keeps it. */
function gate(): { readonly promise: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { promise, open: resolve };
}

async function uploaded(body: string) {
  const { id } = (await upload(body)).json as { id: string };
  return id;
}

async function filesWaiting(): Promise<readonly string[]> {
  return await readdir(join(server.dataDir, "uploads"));
}

describe("decks of slides", () => {
  it("DK1 takes a PDF at once, says how far it is, and shows it when it is made", async () => {
    const { promise, open } = gate();
    server.slides.gate = promise;
    const taken = await upload("%PDF-1.7 …");
    expect(taken).toMatchObject({
      status: 202,
      json: { title: "Materi", status: "processing", failure: null, pageCount: 0 },
    });
    const { id } = taken.json as { id: string };
    const { instructor, participant } = centre.links;
    await expect
      .poll(async () => (await get(instructor, `/${id}`)).json)
      .toMatchObject({ status: "processing", progress: { done: 1, total: 2 } });
    expect((await get(participant, `/${id}/pages`)).status).toBe(404);
    open();
    await server.api.close();
    expect((await get(instructor, `/${id}`)).json).toMatchObject({
      status: "ready",
      pageCount: 2,
      progress: null,
    });
    expect((await get(instructor)).json).toMatchObject({ items: [{ id, status: "ready" }] });
    expect((await get(participant, `/${id}/pages`)).json).toMatchObject({
      items: [{ page: 1, text: "Halaman 1" }, { page: 2 }],
    });
    const picture = await get(participant, `/${id}/pages/2/1920`);
    expect(picture).toMatchObject({ status: 200, text: "RIFF" });
    expect(picture.headers.get("content-type")).toBe("image/webp");
    expect(picture.headers.get("cache-control")).toBe("private, max-age=15552000, immutable");
  });

  it("DK2 says why a deck could not be made", async () => {
    const broken = await uploaded("no PDF");
    const crashed = await uploaded("CRASH");
    await server.api.close();
    const { instructor } = centre.links;
    expect((await get(instructor, `/${broken}`)).json).toMatchObject({
      status: "failed",
      failure: "pdf-broken",
    });
    expect((await get(instructor, `/${crashed}`)).json).toMatchObject({
      status: "failed",
      failure: "internal",
    });
    expect(server.faults).toMatchObject([{ deckId: crashed }]);
    expect((await get(instructor, `/${broken}/pages`)).status).toBe(404);
    expect((await get(instructor, `/${broken}/pages/1/960`)).status).toBe(404);
  });

  it.each([
    ["title", ""],
    ["title", "?title="],
    ["title", `?title=${"x".repeat(201)}`],
    ["title", "?title=a%00b"],
    ["title", "?title=a&title=b"],
    ["deckId", "?title=a&deckId=dck_1"],
  ])("DK3 names the parameter: %s in %j", async (path, query) => {
    expect(await upload("%PDF", { query })).toMatchObject({ status: 400, json: { errors: [{ path }] } });
  });

  it("CN17 a page whose own node is gone gets slides from another node by its ticket, and nothing else", async () => {
    const node = "https://node-1.balai.test";
    const other = await serveApi({ nodes: { urls: () => [node], homeUrl: async () => accept(PUBLIC_URL) } });
    const there = await createTrainingCentre(other);
    const { instructor, participant } = there.links;
    const ask = (path: string, headers: Record<string, string> = {}) => other.call("get", path, { headers });
    const made = await other.call("post", `${decksOf(instructor)}?title=Materi`, {
      ...{ cookie: instructor.cookie, type: "application/pdf", body: "%PDF" },
    });
    await other.api.close();
    const ticketOf = async (link: LinkOf) => {
      const view = await other.call("get", `/api/v1/join/${link.linkId}`, { cookie: link.cookie });
      return (view.json as { cluster: { ticket: string } }).cluster.ticket;
    };
    const pages = `${decksOf(participant)}/${(made.json as { id: string }).id}/pages`;
    const ticket = encodeURIComponent(await ticketOf(participant));
    for (const path of [pages, `${pages}/1/960`]) {
      const answer = await ask(`${path}?ticket=${ticket}`, { origin: node });
      expect(answer.status, path).toBe(200);
      expect(answer.headers.get("access-control-allow-origin")).toBe(node);
      const stranger = await ask(`${path}?ticket=${ticket}`, { origin: "https://strange.test" });
      expect(stranger.headers.get("access-control-allow-origin")).toBeNull();
      const others = encodeURIComponent(await ticketOf(instructor));
      for (const wrong of ["", "?ticket=x", `?ticket=${others}`]) {
        expect((await ask(`${path}${wrong}`, { origin: node })).status, wrong).toBe(401);
      }
    }
    expect((await ask(`${decksOf(instructor)}?ticket=${ticket}`)).status).toBe(401);
    const page = await ask(pages);
    expect(page.headers.get("content-security-policy")).toMatch(
      /img-src 'self' https:\/\/node-1\.balai\.test data: blob:;/,
    );
    await other.close();
  });

  it("DK3 refuses other media types and an upload of nothing", async () => {
    expect((await upload("%PDF", { type: "text/plain" })).status).toBe(415);
    expect((await upload("%PDF", { type: "multipart/form-data; boundary=x" })).status).toBe(415);
  });

  it("DK4 refuses more than 100 MB, said or not, and keeps nothing of it", async () => {
    const declared = await request(`Content-Length: ${MAX_PDF_BYTES + 1}\r\n`, () => {});
    expect(declared).toContain('"code":"pdf-too-large"');
    const chunk = "x".repeat(0x100000);
    const streamed = await request("Transfer-Encoding: chunked\r\n", async (socket) => {
      for (let sent = 0; sent <= MAX_PDF_BYTES; sent += chunk.length) {
        if (!socket.write(`100000\r\n${chunk}\r\n`)) await once(socket, "drain");
      }
      socket.write("0\r\n\r\n");
    });
    expect(streamed).toContain('"code":"pdf-too-large"');
    expect(await filesWaiting()).toEqual([]);
    expect((await get(centre.links.instructor)).json).toEqual({ items: [] });
  });

  it("DK4 keeps nothing of an upload that ends early", async () => {
    const socket = connect(server.port, "127.0.0.1");
    await once(socket, "connect");
    socket.write(`${head()}Content-Length: 1000\r\n\r\n%PDF`);
    await expect.poll(async () => (await filesWaiting().catch(() => [])).length).toBe(1);
    socket.destroy();
    await expect.poll(filesWaiting).toEqual([]);
    expect((await get(centre.links.instructor)).json).toEqual({ items: [] });
  });

  it("DK5 holds a few decks of a session in work at once, not more", async () => {
    const { promise, open } = gate();
    server.slides.gate = promise;
    for (let i = 0; i < MAX_DECKS_IN_WORK; i++) expect((await upload("%PDF")).status).toBe(202);
    expect(await upload("%PDF")).toMatchObject({ status: 429, json: { code: "rate-limited" } });
    open();
    await server.api.close();
    expect((await upload("%PDF")).status).toBe(202);
  });

  it("DK6 shows a session's decks to that session alone", async () => {
    const id = await uploaded("%PDF");
    await server.api.close();
    const { otherSession } = centre.links;
    for (const path of [`/${id}`, `/${id}/pages`, `/${id}/pages/1/960`]) {
      expect(await get(otherSession, path)).toMatchObject({ status: 404, json: { code: "deck-unknown" } });
    }
    expect((await get(otherSession)).json).toEqual({ items: [] });
  });

  it.each(["/dck_nobody", "/x", "/dck_nobody/pages", "/dck_nobody/pages/1/960"])(
    "DK7 does not find %s",
    async (path) => {
      expect((await get(centre.links.instructor, path)).status).toBe(404);
    },
  );

  it.each(["0/960", "3/960", "1/961", "1/../960", "-1/960", "1e3/960", "999999999/960", "1/960.webp"])(
    "DK7 does not find the picture %s",
    async (path) => {
      const id = await uploaded("%PDF");
      await server.api.close();
      expect((await get(centre.links.participant, `/${id}/pages/${path}`)).status).toBe(404);
    },
  );
});

function head(): string {
  return (
    `POST ${decksOf(centre.links.instructor)}?title=Besar HTTP/1.1\r\nHost: x\r\n` +
    `Cookie: ${centre.links.instructor.cookie}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/pdf\r\n`
  );
}

/** Sends an upload by hand and gives what comes back. */
async function request(
  length: string,
  send: (socket: ReturnType<typeof connect>) => void | Promise<void>,
): Promise<string> {
  const socket = connect(server.port, "127.0.0.1");
  await once(socket, "connect");
  let answer = "";
  socket.on("data", (data) => {
    answer += data.toString("latin1");
  });
  socket.write(`${head()}${length}\r\n`);
  await send(socket);
  await expect.poll(() => answer, { timeout: 20_000 }).toContain("\r\n\r\n{");
  socket.destroy();
  return answer;
}
