import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ClassMedia, MediaServer, PeerMedia } from "../../server/ports.ts";
import type { BreakoutRoomId, ConnectionId, RoomId, SessionId } from "../../server/protocol/ids.ts";
import { MAIN_ROOM } from "../../server/protocol/ids.ts";
import type {
  DtlsParametersJson,
  MediaSignal,
  MediaSource,
  RtpParametersJson,
} from "../../server/protocol/media.ts";
import { createMediaServer } from "../../sfu/media-server.ts";
import { createQuietLog } from "../support/quiet-log.ts";
import { capabilitiesFrom, DTLS, OPUS, VP8 } from "../support/rtp-samples.ts";

const BREAKOUT = "rom_1" as BreakoutRoomId;
const PORT = 21_220;
const { log, lines } = createQuietLog();
let server: MediaServer;
let classMedia: ClassMedia;
let ended: [ConnectionId, MediaSource][] = [];
let counter = 0;
let onEnded: () => void = () => undefined;

interface Tested {
  readonly id: ConnectionId;
  readonly media: PeerMedia;
  readonly signals: MediaSignal[];
}

beforeAll(async () => {
  server = await createMediaServer({ workers: 1, listenIp: "127.0.0.1", port: PORT, log });
});
afterAll(() => server.close());
beforeEach(async () => {
  ended = [];
  counter += 1;
  classMedia = await server.openClass(`ses_${counter}` as SessionId, {
    onSpeakers: () => undefined,
    onProducerClosed(connectionId, source) {
      ended.push([connectionId, source]);
      onEnded();
    },
  });
});
afterEach(() => classMedia.close());

function add(name: string, room: RoomId = MAIN_ROOM): Tested {
  const id = `con_${name}` as ConnectionId;
  const signals: MediaSignal[] = [];
  return { id, media: classMedia.addPeer(id, room, { onSignal: (one) => void signals.push(one) }), signals };
}

async function addReady(name: string, room: RoomId = MAIN_ROOM): Promise<Tested> {
  const peer = add(name, room);
  await peer.media.setCapabilities(capabilitiesFrom(classMedia.rtpCapabilities()));
  expect((await peer.media.createTransport("send")).ok).toBe(true);
  expect((await peer.media.createTransport("receive")).ok).toBe(true);
  return peer;
}

const openedOf = ({ signals }: Tested) =>
  signals.flatMap((one) => (one.type === "consumer.opened" ? [one] : []));
const deaths = () => lines.filter((line) => line.message === "a media worker died").length;
const pidOf = () => Number(lines.findLast((line) => line.message === "a media worker is ready")?.context.pid);

/** One valid publication shows that the worker lives and the peer works. */
async function expectWorking(peer: Tested): Promise<void> {
  await peer.media.stop("microphone");
  expect(await peer.media.produce("microphone", OPUS, true)).toMatchObject({ ok: true });
  await peer.media.stop("microphone");
}

describe("what a client may send", () => {
  const badDtls: readonly [string, unknown][] = [
    ["no fingerprints", { fingerprints: [] }],
    ["nothing", {}],
    ["null", null],
    ["an unknown algorithm", { fingerprints: [{ algorithm: "md5", value: DTLS.fingerprints[0]?.value }] }],
    ["no hex", { fingerprints: [{ algorithm: "sha-256", value: "hello" }] }],
    ["an unknown role", { ...DTLS, role: "boss" }],
  ];
  it.each(badDtls)("MX1 DTLS parameters with %s are refused", async (_what, dtls) => {
    const peer = await addReady("a");
    expect(await peer.media.connectTransport("send", dtls as DtlsParametersJson)).toMatchObject({
      code: "media-bad-parameters",
    });
    expect(await peer.media.connectTransport("send", DTLS)).toMatchObject({ ok: true });
    expect(await peer.media.connectTransport("send", DTLS)).toMatchObject({ code: "conflict" });
    await expectWorking(peer);
  });

  const [vp8, rtx] = VP8.codecs;
  const badRtp: readonly [string, MediaSource, unknown][] = [
    ["null", "camera", null],
    ["no codecs", "camera", { ...VP8, codecs: [] }],
    ["no encodings", "camera", { ...VP8, encodings: [] }],
    ["sound as a camera", "camera", OPUS],
    ["a picture as a microphone", "microphone", VP8],
    ["an unknown codec", "camera", { ...VP8, codecs: [{ ...vp8, mimeType: "video/H263" }] }],
    ["a codec the class does not speak", "camera", { ...VP8, codecs: [{ ...vp8, mimeType: "video/AV1" }] }],
    ["a codec without a name", "camera", { ...VP8, codecs: [{ ...vp8, mimeType: "video/" }] }],
    ["only retransmission", "camera", { ...VP8, codecs: [rtx] }],
    ["retransmission of nothing", "camera", { ...VP8, codecs: [vp8, { ...rtx, parameters: { apt: 50 } }] }],
    ["retransmission of itself", "camera", { ...VP8, codecs: [vp8, { ...rtx, parameters: { apt: 97 } }] }],
    ["retransmission without apt", "camera", { ...VP8, codecs: [vp8, { ...rtx, parameters: {} }] }],
    [
      "redundancy without apt",
      "microphone",
      { ...OPUS, codecs: [{ ...OPUS.codecs[0], mimeType: "audio/red" }] },
    ],
    ["a payload type twice", "camera", { ...VP8, codecs: [vp8, { ...rtx, payloadType: 96 }] }],
    ["a payload type out of range", "camera", { ...VP8, codecs: [{ ...vp8, payloadType: 300 }] }],
    ["a nested parameter", "camera", { ...VP8, codecs: [{ ...vp8, parameters: { x: { y: 1 } } }] }],
    ["an infinite parameter", "camera", { ...VP8, codecs: [{ ...vp8, parameters: { x: 1e300 } }] }],
    ["a rid twice", "camera", { ...VP8, encodings: [{ rid: "r0" }, { rid: "r0" }] }],
    ["a strange rid", "camera", { ...VP8, encodings: [{ rid: "r 0\u0000" }, { rid: "r1" }] }],
    ["an ssrc twice", "camera", { ...VP8, encodings: [{ ssrc: 5, rtx: { ssrc: 5 } }] }],
    ["ssrc 0", "camera", { ...VP8, encodings: [{ ssrc: 0 }] }],
    ["layers without names", "camera", { ...VP8, encodings: [{}, {}] }],
    ["nothing to know packets by", "camera", { ...VP8, mid: undefined, encodings: [{}] }],
    ["four layers", "camera", { ...VP8, encodings: ["a", "b", "c", "d"].map((rid) => ({ rid })) }],
    ["two microphones in one", "microphone", { ...OPUS, encodings: [{ ssrc: 1 }, { ssrc: 2 }] }],
    ["99 spatial layers", "camera", { ...VP8, encodings: [{ ssrc: 1, scalabilityMode: "L99T99" }] }],
    ["an unknown payload type", "camera", { ...VP8, encodings: [{ ssrc: 1, codecPayloadType: 13 }] }],
    [
      "the payload type of retransmission",
      "camera",
      { ...VP8, encodings: [{ ssrc: 1, codecPayloadType: 97 }] },
    ],
    ["an unknown header extension", "camera", { ...VP8, headerExtensions: [{ uri: "urn:x", id: 1 }] }],
    ["header extension 0", "camera", { ...VP8, headerExtensions: [{ uri: "urn:x", id: 0 }] }],
    ["a negative bitrate", "camera", { ...VP8, encodings: [{ ssrc: 1, maxBitrate: -1 }] }],
  ];
  it.each(badRtp)(
    "MX2 RTP parameters with %s are refused and harm nothing",
    async (_what, source, parameters) => {
      const peer = await addReady("a");
      expect(await peer.media.produce(source, parameters as RtpParametersJson, false)).toMatchObject({
        ok: false,
        code: "media-bad-parameters",
      });
      await expectWorking(peer);
      expect(deaths()).toBe(0);
    },
  );

  it("MX2 the same ssrc or mid in two sources is refused", async () => {
    const peer = await addReady("a");
    expect(await peer.media.produce("microphone", OPUS, false)).toMatchObject({ ok: true });
    for (const twin of [
      { ...OPUS, mid: "9" },
      { ...OPUS, encodings: [{ ssrc: 2222 }] },
    ]) {
      expect(await peer.media.produce("screen-audio", twin, false)).toMatchObject({
        code: "media-bad-parameters",
      });
    }
    expect(deaths()).toBe(0);
  });

  it("MX3 capabilities that make no sense are refused", async () => {
    const peer = add("a");
    const good = capabilitiesFrom(classMedia.rtpCapabilities());
    for (const bad of [
      null,
      {},
      { codecs: [] },
      { codecs: [{ ...good.codecs[0], mimeType: "nonsense" }] },
      { codecs: [{ ...good.codecs[1], mimeType: "video/rtx", parameters: { apt: "x" } }] },
    ]) {
      expect(await peer.media.setCapabilities(bad as typeof good)).toMatchObject({
        code: "media-bad-parameters",
      });
    }
    expect(await peer.media.setCapabilities(good)).toMatchObject({ ok: true });
  });

  it("MX4 everything out of order is refused with its code", async () => {
    const peer = add("a");
    expect(await peer.media.createTransport("send")).toMatchObject({ code: "media-bad-parameters" });
    expect(await peer.media.connectTransport("send", DTLS)).toMatchObject({
      code: "media-transport-missing",
    });
    expect(await peer.media.restartIce("receive")).toMatchObject({ code: "media-transport-missing" });
    expect(await peer.media.produce("camera", VP8, false)).toMatchObject({ code: "media-transport-missing" });
    for (const change of ["pause", "resume", "stop"] as const) {
      expect(await peer.media[change]("camera")).toMatchObject({ code: "media-source-missing" });
    }
    expect(await peer.media.consumerReady("nobody")).toMatchObject({ code: "media-consumer-missing" });
    await peer.media.setCapabilities(capabilitiesFrom(classMedia.rtpCapabilities()));
    expect(await peer.media.createTransport("send")).toMatchObject({ ok: true });
    expect(await peer.media.restartIce("send")).toMatchObject({ ok: true });
    expect(await peer.media.produce("camera", VP8, false)).toMatchObject({ ok: true });
    expect(await peer.media.produce("camera", { ...VP8, mid: "7" }, false)).toMatchObject({
      code: "media-source-exists",
    });
    peer.media.close();
    expect(await peer.media.createTransport("send")).toMatchObject({ code: "media-unavailable" });
    peer.media.close();
  });

  it("MX5 no parameters that the schema lets through kill the worker", async () => {
    const publisher = await addReady("a");
    const viewer = await addReady("b");
    viewer.media.setView({
      mode: "gallery",
      tiles: [{ connectionId: publisher.id, source: "camera", width: 800 }],
    });
    const pt = fc.constantFrom(0, 96, 97, 98, 127);
    const parameter = fc.oneof(fc.integer({ min: -2, max: 200 }), fc.string({ maxLength: 8 }), fc.boolean());
    const codec = fc.record(
      {
        mimeType: fc.constantFrom(
          "video/VP8",
          "video/vp8",
          "video/rtx",
          "video/ulpfec",
          "video/H264",
          "video/AV1",
        ),
        payloadType: pt,
        clockRate: fc.constantFrom(0, 90_000, 48_000, 4_294_967_295),
        channels: fc.integer({ min: 1, max: 16 }),
        parameters: fc.dictionary(fc.constantFrom("apt", "profile-id", "packetization-mode", "x"), parameter),
        rtcpFeedback: fc.array(fc.record({ type: fc.constantFrom("nack", "ccm", "x") }), { maxLength: 3 }),
      },
      { requiredKeys: ["mimeType", "payloadType", "clockRate"] },
    );
    const encoding = fc.record(
      {
        ssrc: fc.integer({ min: 1, max: 6 }),
        rid: fc.constantFrom("a", "b", "c"),
        codecPayloadType: pt,
        rtx: fc.record({ ssrc: fc.integer({ min: 1, max: 9 }) }),
        dtx: fc.boolean(),
        scalabilityMode: fc.constantFrom("L1T1", "L1T3", "S3T3", "L3T3_KEY", ""),
        maxBitrate: fc.constantFrom(0, 1, 100_000_000),
      },
      { requiredKeys: [] },
    );
    const parameters = fc.record(
      {
        mid: fc.constantFrom("0", "1", "\u0000", "x".repeat(64)),
        codecs: fc.oneof(
          fc.array(codec, { minLength: 1, maxLength: 4 }),
          fc.constant(VP8.codecs),
          fc
            .tuple(fc.constant(VP8.codecs), fc.array(codec, { maxLength: 2 }))
            .map(([good, more]) => [...good, ...more]),
        ),
        headerExtensions: fc.array(
          fc.record({
            uri: fc.constantFrom("urn:ietf:params:rtp-hdrext:sdes:mid", "urn:x"),
            id: fc.integer({ min: 1, max: 255 }),
          }),
          { maxLength: 3 },
        ),
        encodings: fc.array(encoding, { minLength: 1, maxLength: 3 }),
      },
      { requiredKeys: ["codecs", "encodings"] },
    );
    const outcomes: boolean[] = [];
    await fc.assert(
      fc.asyncProperty(parameters, async (one) => {
        const made = await publisher.media.produce("camera", one, false);
        outcomes.push(made.ok);
        if (made.ok) {
          // Long enough for the viewer's consumer to be asked for.
          await new Promise((resolve) => setImmediate(resolve));
          await publisher.media.stop("camera");
        } else expect(made.code).toBe("media-bad-parameters");
        expect(deaths()).toBe(0);
      }),
      { numRuns: 600 },
    );
    expect(outcomes).toContain(true);
    expect(outcomes).toContain(false);
    await expectWorking(publisher);
  });
});

describe("subscriptions", () => {
  it("MS4 opens a camera when it is shown, and tells it paused when it is not", async () => {
    const [a, b] = [await addReady("a"), await addReady("b")];
    expect(await a.media.produce("camera", VP8, false)).toMatchObject({ ok: true });
    const shown = { connectionId: a.id, source: "camera", width: 300 } as const;
    b.media.setView({ mode: "gallery", tiles: [shown] });
    await expect.poll(() => openedOf(b)).toHaveLength(1);
    const [opened] = openedOf(b);
    expect(opened).toMatchObject({
      connectionId: a.id,
      source: "camera",
      kind: "video",
      producerPaused: false,
    });
    const consumerId = opened?.consumerId ?? "";
    expect(b.signals).toHaveLength(1);
    await b.media.consumerReady(consumerId);
    await expect.poll(() => b.signals.at(-1)).toEqual({ type: "consumer.resumed", consumerId });
    b.media.setView({ mode: "gallery", tiles: [] });
    await expect.poll(() => b.signals.at(-1)).toEqual({ type: "consumer.paused", consumerId });
    b.media.setView({ mode: "speaker", tiles: [shown] });
    await expect.poll(() => b.signals.at(-1)).toEqual({ type: "consumer.resumed", consumerId });
    await a.media.pause("camera");
    await expect.poll(() => b.signals.at(-1)).toEqual({ type: "consumer.paused", consumerId });
    await a.media.stop("camera");
    await expect.poll(() => b.signals.at(-1)).toEqual({ type: "consumer.closed", consumerId });
    expect(ended).toEqual([]);
  });

  it("MS20 only what comes in layers carries congestion control", async () => {
    const [a, b] = [await addReady("a"), await addReady("b")];
    await a.media.produce("microphone", OPUS, false);
    await a.media.produce("camera", VP8, false);
    await a.media.produce(
      "screen",
      { ...VP8, mid: "2", encodings: [{ ssrc: 3333 }], rtcp: { cname: "a" } },
      false,
    );
    const tiles = (["camera", "screen"] as const).map((source) => ({
      connectionId: a.id,
      source,
      width: 800,
    }));
    b.media.setView({ mode: "gallery", tiles });
    await expect.poll(() => openedOf(b)).toHaveLength(3);
    const controlled = openedOf(b).filter(({ rtpParameters }) => {
      const text = JSON.stringify(rtpParameters);
      return /transport-wide-cc|transport-cc|goog-remb|abs-send-time/.test(text);
    });
    expect(controlled.map(({ source }) => source)).toEqual(["camera"]);
  });

  it("MS21 a publisher is told when no layer of a camera is received, and a recording wants the highest", async () => {
    const [a, b] = [await addReady("a"), await addReady("b")];
    await a.media.produce("camera", VP8, false);
    const told = () => a.signals.flatMap((one) => (one.type === "producer.layers" ? [one.highest] : []));
    await expect.poll(told, { timeout: 8_000 }).toEqual([-1]);
    const shown = { connectionId: a.id, source: "camera", width: 480 } as const;
    b.media.setView({ mode: "gallery", tiles: [shown] });
    await expect.poll(told).toEqual([-1, 1]);
    const [producer] = classMedia.producers();
    const order = { rtpPort: 21_292, rtcpPort: 21_293, onFirstPacket() {}, onEnded() {} };
    const tap = await classMedia.tap(producer?.producerId ?? "", order);
    expect(told()).toEqual([-1, 1, 2]);
    if (tap.ok) tap.data.close();
  });

  it("MS22 who shares in a class of more than 300 people is told to send little, and told when it is over", async () => {
    const a = await addReady("a");
    const screen = { ...VP8, encodings: [{ ssrc: 3333 }] };
    await a.media.produce("screen", screen, false);
    const told = () => a.signals.flatMap((one) => (one.type === "producer.limit" ? [one.maxBitrate] : []));
    const crowd = Array.from({ length: 300 }, (_, index) => add(`p${index}`));
    expect(told()).toEqual([250_000]);
    await a.media.stop("screen");
    await a.media.produce("screen", screen, false);
    expect(told()).toEqual([250_000, 250_000]);
    for (const { media } of crowd.slice(0, 40)) media.close();
    expect(told()).toEqual([250_000, 250_000, null]);
  });

  it("MS9 closes what crosses rooms before setRoom returns, in both directions", async () => {
    const [a, b] = [await addReady("a"), await addReady("b")];
    await a.media.produce("microphone", OPUS, false);
    await b.media.produce("microphone", { ...OPUS, encodings: [{ ssrc: 7 }] }, false);
    await expect.poll(() => [openedOf(a).length, openedOf(b).length]).toEqual([1, 1]);
    b.media.setRoom(BREAKOUT);
    expect(a.signals.at(-1)).toMatchObject({ type: "consumer.closed" });
    expect(b.signals.at(-1)).toMatchObject({ type: "consumer.closed" });
    const c = await addReady("c", BREAKOUT);
    await expect.poll(() => openedOf(c).map((one) => one.connectionId)).toEqual([b.id]);
    b.media.setRoom(MAIN_ROOM);
    await expect.poll(() => [openedOf(a).length, openedOf(b).length]).toEqual([2, 2]);
    expect(c.signals.at(-1)).toMatchObject({ type: "consumer.closed" });
  });

  it("MS16 the voice for all rooms is heard in each of them, and nowhere once it ends", async () => {
    const [a, b] = [await addReady("a"), await addReady("b", BREAKOUT)];
    await a.media.produce("microphone", OPUS, false);
    classMedia.setVoice(a.id);
    await expect.poll(() => openedOf(b).map((one) => one.connectionId)).toEqual([a.id]);
    const late = await addReady("late", BREAKOUT);
    await expect.poll(() => openedOf(late)).toHaveLength(1);
    a.media.setRoom(BREAKOUT);
    a.media.setRoom(MAIN_ROOM);
    await expect.poll(() => openedOf(b)).toHaveLength(2);
    classMedia.setVoice(null);
    await expect.poll(() => b.signals.at(-1)).toMatchObject({ type: "consumer.closed" });
    expect(late.signals.at(-1)).toMatchObject({ type: "consumer.closed" });
    classMedia.setVoice(a.id);
    await expect.poll(() => openedOf(b)).toHaveLength(3);
    a.media.close();
    await expect.poll(() => b.signals.at(-1)).toMatchObject({ type: "consumer.closed" });
  });

  it("MS9 a consumer that was being made while its viewer left is never told", async () => {
    const [a, b] = [await addReady("a"), await addReady("b", BREAKOUT)];
    await a.media.produce("microphone", OPUS, false);
    for (let turn = 0; turn < 20; turn += 1) {
      b.media.setRoom(turn % 2 === 0 ? MAIN_ROOM : BREAKOUT);
      await new Promise((resolve) => setImmediate(resolve));
    }
    b.media.setRoom(MAIN_ROOM);
    await expect.poll(() => b.signals.at(-1)).toMatchObject({ type: "consumer.opened" });
    const opened = openedOf(b).length;
    const closed = b.signals.filter((one) => one.type === "consumer.closed").length;
    expect(opened - closed).toBe(1);
  });

  it("MS14 a transport made again replaces the old one; what it carried has ended and the class is told", async () => {
    const [a, b] = [await addReady("a"), await addReady("b")];
    await a.media.produce("microphone", OPUS, false);
    await expect.poll(() => openedOf(b)).toHaveLength(1);
    expect(await a.media.createTransport("send")).toMatchObject({ ok: true });
    expect(ended).toEqual([[a.id, "microphone"]]);
    expect(b.signals.at(-1)).toMatchObject({ type: "consumer.closed" });
    expect(await a.media.produce("microphone", OPUS, false)).toMatchObject({ ok: true });
    await expect.poll(() => openedOf(b)).toHaveLength(2);
    const remade = await b.media.createTransport("receive");
    await expect.poll(() => openedOf(b)).toHaveLength(3);
    expect(openedOf(b).at(-1)?.transportId).toBe(remade.ok ? remade.data.id : "");
  });
});

describe("a media worker that dies", () => {
  it("MS15 is replaced: peers are told, what they published has ended, and all works again", async () => {
    const [a, b] = [await addReady("a"), await addReady("b")];
    await a.media.produce("microphone", OPUS, false);
    await expect.poll(() => openedOf(b)).toHaveLength(1);
    const died = new Promise<void>((resolve) => {
      onEnded = resolve;
    });
    process.kill(pidOf(), "SIGKILL");
    await died;
    expect(server.isReady()).toBe(false);
    expect(await a.media.createTransport("send")).toMatchObject({ code: "media-unavailable" });
    await expect
      .poll(() => [a, b].map(({ signals }) => signals.at(-1)?.type), { timeout: 10_000 })
      .toEqual(["media.reset", "media.reset"]);
    expect(server.isReady()).toBe(true);
    expect(ended).toEqual([[a.id, "microphone"]]);
    for (const peer of [a, b]) {
      await peer.media.setCapabilities(capabilitiesFrom(classMedia.rtpCapabilities()));
      await peer.media.createTransport("send");
      await peer.media.createTransport("receive");
    }
    expect(await a.media.produce("microphone", OPUS, false)).toMatchObject({ ok: true });
    await expect.poll(() => openedOf(b)).toHaveLength(2);
  });

  it("MS15 closing twice is as closing once, and the port is free after it", async () => {
    const options = { workers: 2, listenIp: "127.0.0.1", port: PORT + 5, log };
    const first = await createMediaServer(options);
    const opened = await first.openClass("ses_x" as SessionId, {
      onSpeakers: () => undefined,
      onProducerClosed: () => undefined,
    });
    await expect(
      first.openClass("ses_x" as SessionId, { onSpeakers() {}, onProducerClosed() {} }),
    ).rejects.toThrow();
    const peer = opened.addPeer("con_a" as ConnectionId, MAIN_ROOM, { onSignal: () => undefined });
    expect(() => opened.addPeer("con_a" as ConnectionId, MAIN_ROOM, { onSignal() {} })).toThrow();
    await expect(createMediaServer(options)).rejects.toThrow(String(PORT + 5));
    await first.close();
    await first.close();
    opened.close();
    expect(await peer.stop("camera")).toMatchObject({ code: "media-unavailable" });
    expect(first.isReady()).toBe(false);
    const second = await createMediaServer(options);
    await second.close();
  });
});
