import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { io } from "socket.io-client";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openNodeLink, serveNodeLinks } from "../../server/cluster/node-links.ts";
import type { NodeLink } from "../../server/ports.ts";
import { accept } from "../../server/protocol/errors.ts";
import type { SessionId } from "../../server/protocol/ids.ts";
import { socketServerOptions } from "../../server/transport/socket-server.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { createQuietLog } from "../support/quiet-log.ts";

const SECRET = "x".repeat(32);
const SESSION = "ses_1" as SessionId;
const { log, lines } = createQuietLog();
const clock = new FakeClock();
const own = { secret: SECRET, me: "home/1", clock, log };
let http: HttpServer;
let sockets: Server;
let edge: { readonly id: string; readonly linkUrl: string };
let taken: { readonly sessionId: SessionId; readonly link: NodeLink }[] = [];
let isTaking = true;

beforeAll(async () => {
  http = createServer();
  sockets = new Server(http, socketServerOptions(null));
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  edge = { id: "edge/1", linkUrl: `http://127.0.0.1:${(http.address() as AddressInfo).port}` };
  serveNodeLinks(sockets, { ...own, me: edge.id }, (sessionId, link) => {
    if (isTaking) taken.push({ sessionId, link });
    return isTaking;
  });
});
afterAll(async () => {
  await sockets.close();
});
beforeEach(() => {
  taken = [];
  isTaking = true;
});

const opened = async () => {
  const link = await openNodeLink(own, edge, SESSION);
  if (!link) throw new Error("no link");
  await expect.poll(() => taken.length).toBe(1);
  const other = taken[0]?.link;
  if (!other) throw new Error("no other end");
  return { link, other };
};

describe("links between nodes", () => {
  it("EG6 carry letters both ways in order, and answers", async () => {
    const { link, other } = await opened();
    expect(taken[0]?.sessionId).toBe(SESSION);
    const got: unknown[] = [];
    for (const letter of [1, 2, 3]) link.tell({ letter });
    other.onLetter(async (letter) => {
      got.push(letter);
      return accept({ seen: got.length });
    });
    expect(await link.ask({ letter: 4 })).toEqual({ ok: true, data: { seen: 4 } });
    expect(got).toEqual([{ letter: 1 }, { letter: 2 }, { letter: 3 }, { letter: 4 }]);
    link.onLetter(async () => ({ ok: false, code: "media-source-missing" }));
    expect(await other.ask({})).toEqual({ ok: false, code: "media-source-missing" });
    link.end();
  });

  it("EG4 tell when the other side is gone, and refuse what is asked then", async () => {
    const { link, other } = await opened();
    let calls = 0;
    link.onEnded(() => {
      calls += 1;
    });
    // Never answered: the other end has nobody yet who reads.
    const asked = link.ask({});
    other.end();
    expect(await asked).toMatchObject({ ok: false, code: "media-unavailable" });
    await expect.poll(() => calls).toBe(1);
    expect(await link.ask({})).toMatchObject({ ok: false, code: "media-unavailable" });
    link.tell({});
    link.onEnded(() => {
      calls += 1;
    });
    expect(calls).toBe(2);
  });

  it("EG6 an answer that is none of ours is a refusal", async () => {
    const { link, other } = await opened();
    other.onLetter(async () => ({ ok: true, more: 1 }) as never);
    expect(await link.ask({})).toMatchObject({ ok: false, code: "media-unavailable" });
    link.end();
  });

  it.each([
    ["another secret", { ...own, secret: "y".repeat(32) }, {}],
    ["a node that it is not", own, { id: "edge/2" }],
    ["a clock far away", { ...own, clock: new FakeClock(clock.now() - 60_000) }, {}],
    ["nobody there", own, { linkUrl: "http://127.0.0.1:1" }],
  ])("EG6 there is none by %s", async (_case, from, to) => {
    expect(await openNodeLink(from, { ...edge, ...to }, SESSION)).toBeNull();
    expect(taken).toEqual([]);
  });

  it("EG6 there is none for a stranger, who is noticed", async () => {
    const socket = io(`${edge.linkUrl}/nodes`, {
      transports: ["websocket"],
      reconnection: false,
      auth: { at: 1 },
    });
    await new Promise((resolve) => socket.once("connect_error", resolve));
    socket.disconnect();
    expect(taken).toEqual([]);
    expect(lines.at(-1)?.message).toContain("no node of this cluster");
  });

  it("EG4 a node that takes nobody ends it", async () => {
    isTaking = false;
    const link = await openNodeLink(own, edge, SESSION);
    await new Promise<void>((resolve) => link?.onEnded(resolve));
    expect(await link?.ask({})).toMatchObject({ ok: false });
  });
});
