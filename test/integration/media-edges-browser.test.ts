import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClassMedia, EdgeNodes, MediaCarrier, MediaServer } from "../../server/ports.ts";
import type { ConnectionId, SessionId } from "../../server/protocol/ids.ts";
import { MAIN_ROOM } from "../../server/protocol/ids.ts";
import { createMediaServer } from "../../sfu/media-server.ts";
import {
  cameraTrackOf,
  createMediaBrowser,
  hears,
  type MediaBrowser,
  type MediaTab,
  seesMovement,
  showEachOther,
} from "../support/media-browser.ts";
import { createNodeLinks } from "../support/node-links.ts";
import { createQuietLog } from "../support/quiet-log.ts";

const [A, B, C] = ["con_a", "con_b", "con_c"] as ConnectionId[] as [ConnectionId, ConnectionId, ConnectionId];
const PORTS = { min: 21_420, max: 21_499 };
const { log } = createQuietLog();
const edges = new Map<string, MediaServer & MediaCarrier>();
const spoken: string[][] = [];
let home: MediaServer;
let browser: MediaBrowser;
let classMedia: ClassMedia;
let tabs: readonly [MediaTab, MediaTab, MediaTab];

/** Three nodes that take one person each: the home and two edges. */
beforeAll(async () => {
  const options = { workers: 1, listenIp: "127.0.0.1", log, consumersPerRouter: 2 };
  const nodes: EdgeNodes = {
    next(beside) {
      const [nodeId, edge] = [...edges].find(([id]) => !beside.has(id)) ?? [];
      if (nodeId === undefined || !edge) return null;
      const [link, other] = createNodeLinks();
      const open = async (sessionId: SessionId) => {
        edge.carry(sessionId, other);
        return link;
      };
      return { nodeId, open };
    },
  };
  home = await createMediaServer({ ...options, port: 21_400, cluster: { nodes, ports: PORTS } });
  for (const [index, name] of ["edge-1", "edge-2"].entries()) {
    const cluster = { nodes: { next: () => null }, ports: PORTS };
    edges.set(name, await createMediaServer({ ...options, port: 21_402 + 2 * index, cluster }));
  }
  classMedia = await home.openClass("ses_edges" as SessionId, {
    onSpeakers: (_room, connectionIds) => void spoken.push([...connectionIds]),
    onProducerClosed: () => undefined,
  });
  browser = await createMediaBrowser();
  tabs = [
    await browser.open(classMedia, A, MAIN_ROOM),
    await browser.open(classMedia, B, MAIN_ROOM),
    await browser.open(classMedia, C, MAIN_ROOM),
  ];
});

afterAll(async () => {
  await browser?.close();
  for (const node of [home, ...edges.values()]) await node?.close();
});

describe("browsers on three nodes", () => {
  it("EG1 see and hear each other, between home and edge and from edge to edge", async () => {
    const [a, b, c] = tabs;
    expect([...edges.values()].map((edge) => edge.carriedPeople())).toEqual([1, 1]);
    await showEachOther(b, B, c, C);
    await seesMovement(b, C);
    await seesMovement(c, B);
    await showEachOther(a, A, b, B);
    await seesMovement(a, B);
    await seesMovement(b, A);
    await hears(a, B);
    await hears(c, B);
    await hears(c, A);
    await expect
      .poll(() => spoken.some((one) => [A, B, C].every((id) => one.includes(id))), { timeout: 15_000 })
      .toBe(true);
  });

  it("EG4 who was on an edge that is gone is seen again, and sees", async () => {
    const [a, b] = tabs;
    const before = [await cameraTrackOf(a, B), await cameraTrackOf(b, A)] as const;
    edges.get("edge-1")?.endCarried();
    await seesMovement(a, B, before[0]);
    await seesMovement(b, A, before[1]);
    expect(b.signals.filter((one) => one.type === "media.reset")).toHaveLength(1);
    expect(a.signals.filter((one) => one.type === "media.reset")).toEqual([]);
  });
});
