import { describe, expect, it } from "vitest";
import { KnownCapabilities } from "../../sfu/known-capabilities.ts";
import { capabilitiesFrom } from "../support/rtp-samples.ts";

const TRANSPORT_CC = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
const BROWSER = capabilitiesFrom({
  codecs: [
    { kind: "audio", mimeType: "audio/opus", preferredPayloadType: 100, clockRate: 48_000, channels: 2 },
    {
      kind: "video",
      mimeType: "video/VP8",
      preferredPayloadType: 101,
      clockRate: 90_000,
      rtcpFeedback: [{ type: "nack" }, { type: "transport-cc" }],
    },
  ],
  headerExtensions: [
    { kind: "audio", uri: "urn:ietf:params:rtp-hdrext:sdes:mid", preferredId: 1 },
    { kind: "video", uri: TRANSPORT_CC, preferredId: 5 },
  ],
});

function named(name: string) {
  return { ...BROWSER, codecs: BROWSER.codecs.map((codec) => ({ ...codec, parameters: { name } })) };
}

describe("the capabilities that a class knows", () => {
  it("LJ1 are kept once for all who say the same", () => {
    const known = new KnownCapabilities();
    const first = known.take(BROWSER);
    const second = known.take(structuredClone(BROWSER));
    if (!first.ok || !second.ok) throw new Error("refused");
    expect(second.data).toBe(first.data);
    expect(known.size).toBe(1);
  });

  it("LJ1 are forgotten, the oldest first, beyond sixty-four", () => {
    const known = new KnownCapabilities();
    for (let at = 0; at < 65; at += 1) known.take(named(`browser-${at}`));
    expect(known.size).toBe(64);
    known.take(named("browser-0"));
    expect(known.size).toBe(64);
  });

  it("LJ1 are refused where they are malformed, and not kept", () => {
    const known = new KnownCapabilities();
    expect(known.take({ codecs: [] })).toMatchObject({ ok: false, code: "media-bad-parameters" });
    expect(known.size).toBe(0);
  });

  it("MS20 are told of one kind, with congestion control only where there are layers", () => {
    const taken = new KnownCapabilities().take(BROWSER);
    if (!taken.ok) throw new Error("refused");
    const layered = taken.data.forMedia("video", true);
    const plain = taken.data.forMedia("video", false);
    expect(layered.codecs?.map(({ mimeType }) => mimeType)).toEqual(["video/VP8"]);
    expect(layered.headerExtensions?.map(({ uri }) => uri)).toEqual([TRANSPORT_CC]);
    expect(plain.headerExtensions).toEqual([]);
    expect(plain.codecs?.[0]?.rtcpFeedback?.map(({ type }) => type)).toEqual(["nack"]);
    expect(taken.data.forMedia("audio", false).codecs?.map(({ kind }) => kind)).toEqual(["audio"]);
  });
});
