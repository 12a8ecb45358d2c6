import { validateAndNormalizeRtpCapabilities } from "mediasoup/ortc";
import type { MediaKind, RtpCapabilities } from "mediasoup/types";
import { accept, type Result, refuse } from "../server/protocol/errors.ts";
import { type RtpCapabilitiesJson, rtpCapabilitiesSchema } from "../server/protocol/media.ts";
import { withoutCongestionControl } from "./congestion-control.ts";

/** Browsers come in few versions; somebody who makes capabilities up takes no more room than this. */
const MOST_KNOWN = 64;

/** What a client can receive, as mediasoup wants to be told for one consumer. */
export interface ReceivingCapabilities {
  /** Of this kind alone: mediasoup copies and checks what it is given each time. */
  forMedia(kind: MediaKind, hasLayers: boolean): RtpCapabilities;
}

/** The capabilities of a class's clients, each set of them parsed and kept once: a thousand browsers have a few. */
export class KnownCapabilities {
  readonly #known = new Map<string, ReceivingCapabilities>();

  get size(): number {
    return this.#known.size;
  }

  /** Refuses `media-bad-parameters` for what is malformed, or what mediasoup would not take. */
  take(rtpCapabilities: RtpCapabilitiesJson): Result<ReceivingCapabilities> {
    const text = JSON.stringify(rtpCapabilities);
    const known = this.#known.get(text);
    if (known) return accept(known);
    const made = receivingCapabilitiesFrom(rtpCapabilities);
    if (made.ok) this.#keep(text, made.data);
    return made;
  }

  #keep(text: string, capabilities: ReceivingCapabilities): void {
    const [oldest] = this.#known.keys();
    if (this.#known.size >= MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(text, capabilities);
  }
}

function receivingCapabilitiesFrom(rtpCapabilities: RtpCapabilitiesJson): Result<ReceivingCapabilities> {
  const parsed = rtpCapabilitiesSchema.safeParse(rtpCapabilities);
  if (!parsed.success) return refuse("media-bad-parameters", parsed.error.message);
  // mediasoup types the names of header extensions more narrowly; those it does not know it ignores.
  const all = parsed.data as RtpCapabilities;
  try {
    validateAndNormalizeRtpCapabilities(all);
  } catch (error) {
    return refuse("media-bad-parameters", error instanceof Error ? error.message : "capabilities");
  }
  const plain = withoutCongestionControl(all);
  const byKind = (kind: MediaKind) => ({ layered: ofKind(all, kind), plain: ofKind(plain, kind) });
  const kinds = { audio: byKind("audio"), video: byKind("video") };
  return accept({
    forMedia: (kind, hasLayers) => (hasLayers ? kinds[kind].layered : kinds[kind].plain),
  });
}

function ofKind({ codecs, headerExtensions }: RtpCapabilities, kind: MediaKind): RtpCapabilities {
  return {
    codecs: codecs?.filter((codec) => codec.kind === kind),
    headerExtensions: headerExtensions?.filter((extension) => extension.kind === kind),
  };
}
