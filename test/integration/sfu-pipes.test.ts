import { createWorker } from "mediasoup";
import type { Router, Worker } from "mediasoup/types";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ClassMedia, MediaServer, PeerMedia } from "../../server/ports.ts";
import type { BreakoutRoomId, ConnectionId, RoomId, SessionId } from "../../server/protocol/ids.ts";
import { MAIN_ROOM } from "../../server/protocol/ids.ts";
import type { MediaSignal } from "../../server/protocol/media.ts";
import { MEDIA_CODECS } from "../../sfu/codecs.ts";
import { createMediaServer } from "../../sfu/media-server.ts";
import { ProducerPipes } from "../../sfu/producer-pipes.ts";
import { createQuietLog } from "../support/quiet-log.ts";
import { capabilitiesFrom, OPUS } from "../support/rtp-samples.ts";

const BREAKOUT = "rom_1" as BreakoutRoomId;
const { log, lines } = createQuietLog();

interface Tested {
  readonly id: ConnectionId;
  readonly media: PeerMedia;
  readonly signals: MediaSignal[];
}

describe("a class on several workers", () => {
  let server: MediaServer;
  let classMedia: ClassMedia;
  let ended: ConnectionId[] = [];
  let counter = 0;

  beforeAll(async () => {
    // One peer fills a router: each next one is placed on another worker, as long as there is one.
    server = await createMediaServer({
      ...{ workers: 3, listenIp: "127.0.0.1", port: 21_240, log },
      consumersPerRouter: 2,
    });
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    ended = [];
    counter += 1;
    classMedia = await server.openClass(`ses_${counter}` as SessionId, {
      onSpeakers: () => undefined,
      onProducerClosed: (connectionId) => void ended.push(connectionId),
    });
  });
  afterEach(() => classMedia.close());

  async function addReady(name: string, room: RoomId = MAIN_ROOM): Promise<Tested> {
    const id = `con_${name}` as ConnectionId;
    const signals: MediaSignal[] = [];
    const media = classMedia.addPeer(id, room, { onSignal: (one) => void signals.push(one) });
    await media.setCapabilities(capabilitiesFrom(classMedia.rtpCapabilities()));
    expect(await media.createTransport("send")).toMatchObject({ ok: true });
    expect(await media.createTransport("receive")).toMatchObject({ ok: true });
    return { id, media, signals };
  }

  /** Port of the worker that a peer's transports are on. */
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

  /** Whom a peer has consumers of now. */
  function heardBy({ signals }: Tested): readonly string[] {
    const open = new Map<string, string>();
    for (const one of signals) {
      if (one.type === "consumer.opened") open.set(one.consumerId, one.connectionId);
      if (one.type === "consumer.closed") open.delete(one.consumerId);
    }
    return [...open.values()].toSorted();
  }

  const pidOf = (worker: number) => {
    const ready = lines.findLast(
      (line) => line.message === "a media worker is ready" && line.context.worker === worker,
    );
    return Number(ready?.context.pid);
  };

  it("MS17 fills one worker after the other, and each hears everybody across them", async () => {
    const people = [];
    for (const name of ["a", "b", "c", "d"]) people.push(await addReady(name));
    const ports = await Promise.all(people.map(portOf));
    expect(new Set(ports).size).toBe(3);
    for (const person of people) await speak(person);
    for (const person of people) {
      const others = people.filter((one) => one !== person).map(({ id }) => id);
      await expect.poll(() => heardBy(person)).toEqual(others.toSorted());
    }
  });

  it("MS1 nothing crosses rooms over pipes, and what did is closed before a move returns", async () => {
    const [a, b, c] = [await addReady("a"), await addReady("b"), await addReady("c", BREAKOUT)];
    for (const person of [a, b, c]) await speak(person);
    await expect.poll(() => [heardBy(a), heardBy(b)]).toEqual([[b.id], [a.id]]);
    b.media.setRoom(BREAKOUT);
    expect([heardBy(a), heardBy(b)]).toEqual([[], []]);
    await expect.poll(() => [heardBy(b), heardBy(c)]).toEqual([[c.id], [b.id]]);
    expect(heardBy(a)).toEqual([]);
    b.media.setRoom(MAIN_ROOM);
    expect([heardBy(b), heardBy(c)]).toEqual([[], []]);
    await expect.poll(() => [heardBy(a), heardBy(b)]).toEqual([[b.id], [a.id]]);
  });

  it("MS19 a worker that dies takes along only what it carried", async () => {
    const [a, b] = [await addReady("a"), await addReady("b")];
    for (const person of [a, b]) await speak(person);
    await expect.poll(() => [heardBy(a), heardBy(b)]).toEqual([[b.id], [a.id]]);
    const port = await portOf(b);
    await expect.poll(() => heardBy(b)).toEqual([a.id]);
    process.kill(pidOf(port - 21_240), "SIGKILL");
    await expect.poll(() => b.signals.at(-1)?.type, { timeout: 10_000 }).toBe("media.reset");
    expect(ended).toEqual([b.id]);
    await expect.poll(() => heardBy(a)).toEqual([]);
    expect(a.signals.some((one) => one.type === "media.reset")).toBe(false);
    await b.media.setCapabilities(capabilitiesFrom(classMedia.rtpCapabilities()));
    expect(await b.media.createTransport("send")).toMatchObject({ ok: true });
    await speak(b);
    await expect.poll(() => heardBy(a)).toEqual([b.id]);
    expect(b.signals.filter((one) => one.type === "media.reset")).toHaveLength(1);
  });

  it("MS17 a tap is made where its producer is", async () => {
    const [, b] = [await addReady("a"), await addReady("b")];
    await speak(b);
    const [producer] = classMedia.producers();
    const order = {
      rtpPort: 21_290,
      rtcpPort: 21_291,
      onFirstPacket: () => undefined,
      onEnded: () => undefined,
    };
    const tap = await classMedia.tap(producer?.producerId ?? "", order);
    expect(tap).toMatchObject({ ok: true });
    if (tap.ok) tap.data.close();
  });
});

describe("pipes between two routers", () => {
  let workers: Worker[] = [];
  let from: Router;
  let to: Router;

  beforeAll(async () => {
    workers = await Promise.all([createWorker({ logLevel: "error" }), createWorker({ logLevel: "error" })]);
    const routers = await Promise.all(
      workers.map((worker) => worker.createRouter({ mediaCodecs: MEDIA_CODECS })),
    );
    [from, to] = routers as [Router, Router];
  });
  afterAll(() => {
    for (const worker of workers) worker.close();
  });

  async function produced(ssrc: number) {
    const transport = await from.createPlainTransport({ listenInfo: { protocol: "udp", ip: "127.0.0.1" } });
    return transport.produce({
      kind: "audio",
      rtpParameters: { codecs: OPUS.codecs as never, encodings: [{ ssrc }] },
    });
  }
  const reaches = (producerId: string) => to.canConsume({ producerId, rtpCapabilities: to.rtpCapabilities });

  it("MS18 a producer is piped once for all who receive it, and no more when nobody does", async () => {
    const pipes = new ProducerPipes(log, 20);
    const { id } = await produced(1);
    expect(reaches(id)).toBe(false);
    const ways = await Promise.all([pipes.bring(id, from, to), pipes.bring(id, from, to)]);
    expect(reaches(id)).toBe(true);
    ways[0]?.setUsed(false);
    ways[0]?.setUsed(false);
    const again = await pipes.bring(id, from, to);
    ways[1]?.setUsed(false);
    expect(reaches(id)).toBe(true);
    again?.setUsed(false);
    await expect.poll(() => reaches(id)).toBe(false);
    expect(await pipes.bring(id, from, to)).not.toBeNull();
    expect(reaches(id)).toBe(true);
    pipes.close();
  });

  it("MS18 a pipe ends with its producer, and what is gone is not piped", async () => {
    const pipes = new ProducerPipes(log, 20);
    const producer = await produced(2);
    const way = await pipes.bring(producer.id, from, to);
    expect(way).not.toBeNull();
    producer.close();
    await expect.poll(() => reaches(producer.id)).toBe(false);
    way?.setUsed(false);
    expect(await pipes.bring(producer.id, from, to)).toBeNull();
    pipes.close();
    const late = await produced(3);
    expect(await pipes.bring(late.id, from, to)).toBeNull();
  });
});
