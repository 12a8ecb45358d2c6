import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type {
  ClassMedia,
  EdgeNodes,
  MediaCarrier,
  MediaServer,
  NodeLink,
  PeerMedia,
} from "../../server/ports.ts";
import { refuse } from "../../server/protocol/errors.ts";
import type { BreakoutRoomId, ConnectionId, RoomId, SessionId } from "../../server/protocol/ids.ts";
import { MAIN_ROOM } from "../../server/protocol/ids.ts";
import type { MediaSignal } from "../../server/protocol/media.ts";
import { createMediaServer } from "../../sfu/media-server.ts";
import { createNodeLinks } from "../support/node-links.ts";
import { createQuietLog } from "../support/quiet-log.ts";
import { capabilitiesFrom, OPUS } from "../support/rtp-samples.ts";

const HOME_PORT = 21_300;
const BREAKOUT = "rom_1" as BreakoutRoomId;
const PORTS = { min: 21_320, max: 21_399 };
const { log, lines } = createQuietLog();
type Node = MediaServer & MediaCarrier;

interface Tested {
  readonly id: ConnectionId;
  readonly media: PeerMedia;
  readonly signals: MediaSignal[];
}

describe("a class larger than a node", () => {
  let home: Node;
  /** By name, in the order in which they are asked. */
  const edges = new Map<string, Node>();
  let links: NodeLink[] = [];
  let classMedia: ClassMedia;
  let ended: string[] = [];
  let changes = 0;
  let brokenBrings = 0;
  let counter = 0;

  beforeAll(async () => {
    const options = { workers: 1, listenIp: "127.0.0.1", log, consumersPerRouter: 2 };
    const nodes: EdgeNodes = {
      next(beside) {
        const found = [...edges].find(([name]) => !beside.has(name));
        if (!found) return null;
        const [nodeId, edge] = found;
        return {
          nodeId,
          async open(sessionId) {
            const [link, other] = createNodeLinks();
            edge.carry(sessionId, refusingBring(other));
            links.push(link);
            return link;
          },
        };
      },
    };
    const alone: EdgeNodes = { next: () => null };
    home = await createMediaServer({ ...options, port: HOME_PORT, cluster: { nodes, ports: PORTS } });
    for (const [index, name] of ["edge-1", "edge-2"].entries()) {
      const port = HOME_PORT + 2 * (index + 1);
      edges.set(name, await createMediaServer({ ...options, port, cluster: { nodes: alone, ports: PORTS } }));
    }
  });
  afterAll(async () => {
    for (const node of [home, ...edges.values()]) await node.close();
  });
  beforeEach(async () => {
    ended = [];
    links = [];
    counter += 1;
    classMedia = await home.openClass(`ses_${counter}` as SessionId, {
      onSpeakers: () => undefined,
      onProducersChanged: () => {
        changes += 1;
      },
      onProducerClosed: (connectionId, source) => void ended.push(`${connectionId} ${source}`),
    });
  });
  afterEach(() => classMedia.close());

  /** A link by which so many producers cannot be brought at first. */
  function refusingBring(link: NodeLink): NodeLink {
    const ask = async (letter: unknown) => {
      if ((letter as { kind: string }).kind !== "bring" || brokenBrings === 0) return link.ask(letter);
      brokenBrings -= 1;
      return refuse("media-unavailable");
    };
    return {
      ask,
      tell: (letter) => link.tell(letter),
      onLetter: (handle) => link.onLetter(handle),
      onEnded: (call) => link.onEnded(call),
      end: () => link.end(),
    };
  }

  async function addReady(name: string, room: RoomId = MAIN_ROOM): Promise<Tested> {
    const id = `con_${name}` as ConnectionId;
    const signals: MediaSignal[] = [];
    const media = classMedia.addPeer(id, room, { onSignal: (one) => void signals.push(one) });
    const person = { id, media, signals };
    await begin(person);
    return person;
  }

  async function begin({ media }: Tested): Promise<void> {
    await media.setCapabilities(capabilitiesFrom(classMedia.rtpCapabilities()));
    expect(await media.createTransport("send")).toMatchObject({ ok: true });
    expect(await media.createTransport("receive")).toMatchObject({ ok: true });
  }

  async function portOf({ media }: Tested): Promise<number> {
    const made = await media.createTransport("receive");
    const candidates = (made.ok ? made.data.iceCandidates : []) as readonly { readonly port: number }[];
    return candidates[0]?.port ?? 0;
  }

  async function speak({ media, id }: Tested): Promise<void> {
    const ssrc = 1_000 + id.charCodeAt(4);
    expect(await media.produce("microphone", { ...OPUS, encodings: [{ ssrc }] }, false)).toMatchObject({
      ok: true,
    });
  }

  function heardBy({ signals }: Tested): readonly string[] {
    const open = new Map<string, string>();
    const from = signals.findLastIndex((one) => one.type === "media.reset");
    for (const one of signals.slice(from + 1)) {
      if (one.type === "consumer.opened") open.set(one.consumerId, one.connectionId);
      if (one.type === "consumer.closed") open.delete(one.consumerId);
    }
    return [...open.values()].toSorted();
  }

  /** Each hears all others, and nobody else. */
  async function allHear(people: readonly Tested[]): Promise<void> {
    for (const person of people) {
      const others = people.filter((one) => one !== person).map(({ id }) => id);
      await expect.poll(() => heardBy(person), { timeout: 5_000 }).toEqual(others.toSorted());
    }
  }

  it("EG1 fills its home, then other nodes, and each hears everybody across them", async () => {
    const people = [];
    for (const name of ["a", "b", "c", "d"]) people.push(await addReady(name));
    const ports = await Promise.all(people.map(portOf));
    // The fourth finds all three full, and is at home after all.
    expect(ports).toEqual([HOME_PORT, HOME_PORT + 2, HOME_PORT + 4, HOME_PORT]);
    expect([...edges.values()].map((edge) => edge.carriedPeople())).toEqual([1, 1]);
    for (const person of people) await speak(person);
    await allHear(people);
    await expect.poll(() => classMedia.producers().length).toBe(4);
    expect(changes).toBeGreaterThan(0);
  });

  it("EG2 a producer ends on other nodes with its publisher, and a pause is told there", async () => {
    const [a, b, c] = [await addReady("a"), await addReady("b"), await addReady("c")];
    for (const person of [a, b, c]) await speak(person);
    await allHear([a, b, c]);
    expect(await b.media.pause("microphone")).toMatchObject({ ok: true });
    await expect
      .poll(() => classMedia.producers().find((one) => one.connectionId === b.id)?.isLive)
      .toBe(false);
    expect(await b.media.resume("microphone")).toMatchObject({ ok: true });
    await allHear([a, b, c]);
    expect(await a.media.stop("microphone")).toMatchObject({ ok: true });
    await expect.poll(() => [heardBy(b), heardBy(c)]).toEqual([[c.id], [b.id]]);
    b.media.close();
    await expect.poll(() => heardBy(c)).toEqual([]);
    expect(classMedia.producers().map(({ connectionId }) => connectionId)).toEqual([c.id]);
    expect(ended).toEqual([]);
  });

  it("EG2 what could not be brought is tried again", async () => {
    brokenBrings = 2;
    const [a, b] = [await addReady("a"), await addReady("b")];
    await speak(a);
    await expect.poll(() => heardBy(b), { timeout: 5_000 }).toEqual([a.id]);
    expect(brokenBrings).toBe(0);
  });

  it("EG3 nothing crosses rooms between nodes, and a voice for all rooms is heard in each", async () => {
    const [a, b, c] = [await addReady("a"), await addReady("b"), await addReady("c", BREAKOUT)];
    for (const person of [a, b, c]) await speak(person);
    await expect.poll(() => [heardBy(a), heardBy(b), heardBy(c)]).toEqual([[b.id], [a.id], []]);
    b.media.setRoom(BREAKOUT);
    // The home's own people lose them before the move returns.
    expect(heardBy(a)).toEqual([]);
    await expect.poll(() => [heardBy(b), heardBy(c)]).toEqual([[c.id], [b.id]]);
    classMedia.setVoice(a.id);
    await expect
      .poll(() => [heardBy(b), heardBy(c)])
      .toEqual([
        [a.id, c.id],
        [a.id, b.id],
      ]);
    classMedia.setVoice(b.id);
    await expect.poll(() => [heardBy(a), heardBy(b), heardBy(c)]).toEqual([[b.id], [c.id], [b.id]]);
    classMedia.setVoice(null);
    await expect.poll(() => heardBy(a)).toEqual([]);
  });

  it("EG4 who was on a node that is gone begins anew elsewhere; who was not notices nothing", async () => {
    const [a, b, c] = [await addReady("a"), await addReady("b"), await addReady("c")];
    for (const person of [a, b, c]) await speak(person);
    await allHear([a, b, c]);
    links[0]?.end();
    await expect.poll(() => b.signals.at(-1)?.type).toBe("media.reset");
    expect(ended).toEqual([`${b.id} microphone`]);
    await expect.poll(() => [heardBy(a), heardBy(c)]).toEqual([[c.id], [a.id]]);
    await begin(b);
    await speak(b);
    await allHear([a, b, c]);
    expect([a, c].flatMap(({ signals }) => signals.filter((one) => one.type === "media.reset"))).toEqual([]);
    // It rests for a while, and the other one is full.
    expect(await portOf(b)).toBe(HOME_PORT);
  });

  it("EG4 a node that is drained gives back whom it carries", async () => {
    const [a, b] = [await addReady("a"), await addReady("b")];
    for (const person of [a, b]) await speak(person);
    edges.get("edge-1")?.endCarried();
    await expect.poll(() => b.signals.at(-1)?.type).toBe("media.reset");
    await begin(b);
    await speak(b);
    await allHear([a, b]);
  });

  it("EG4 a worker that dies on an edge takes along only whom it carried", async () => {
    const [a, b] = [await addReady("a"), await addReady("b")];
    for (const person of [a, b]) await speak(person);
    await allHear([a, b]);
    const pids = lines
      .filter((line) => line.message === "a media worker is ready")
      .map((line) => Number(line.context.pid));
    // In the order in which they were started: the home's, then the first edge's.
    process.kill(pids[1] ?? 0, "SIGKILL");
    await expect.poll(() => b.signals.at(-1)?.type, { timeout: 10_000 }).toBe("media.reset");
    await expect.poll(() => ended).toEqual([`${b.id} microphone`]);
    await begin(b);
    await speak(b);
    await allHear([a, b]);
  });

  it("EG4 an edge ends what it carries when its home is gone", async () => {
    const b = (await addReady("a")) && (await addReady("b"));
    await speak(b);
    const [first] = edges.values();
    expect(first?.carriedPeople()).toBe(1);
    classMedia.close();
    await expect.poll(() => first?.carriedPeople()).toBe(0);
  });

  it("EG5 an edge that nobody is on any more is let go", async () => {
    const [, b] = [await addReady("a"), await addReady("b")];
    const [first] = edges.values();
    expect(first?.carriedPeople()).toBe(1);
    b.media.close();
    await expect.poll(() => first?.carriedPeople()).toBe(0);
    const again = await addReady("c");
    expect(await portOf(again)).toBe(HOME_PORT + 2);
  });

  it("EG6 what cannot be read is refused, and harms nobody", async () => {
    const [a, b] = [await addReady("a"), await addReady("b")];
    for (const letter of [null, {}, { kind: "peer-add", connectionId: "x" }, { kind: "signal" }]) {
      expect(await links[0]?.ask(letter)).toMatchObject({ ok: false, code: "bad-request" });
    }
    for (const person of [a, b]) await speak(person);
    await allHear([a, b]);
  });
});
