import { z } from "zod";
import { connectionIdSchema } from "./ids.ts";

/**
 * Media negotiation, between a client and the media server. WebRTC's own objects (RTP capabilities and
 * parameters, DTLS parameters) are parsed as far as the media worker's life depends on it; the rest is
 * mediasoup's to check.
 */

export const mediaSourceSchema = z.enum(["microphone", "camera", "screen", "screen-audio"]);
export type MediaSource = z.infer<typeof mediaSourceSchema>;

/** `off` nothing is published; `paused` published but silent or dark; `live` flowing. */
export const mediaStatusSchema = z.enum(["off", "paused", "live"]);
export type MediaStatus = z.infer<typeof mediaStatusSchema>;

export function mediaKindOf(source: MediaSource): "audio" | "video" {
  return source === "microphone" || source === "screen-audio" ? "audio" : "video";
}

/** How packets that the media server sends are numbered (RTP payload types). */
export const RTP_PAYLOAD_TYPES = { audio: 100, video: 101 } as const;

export const transportDirectionSchema = z.enum(["send", "receive"]);
export type TransportDirection = z.infer<typeof transportDirectionSchema>;

const text = z.string().min(1).max(512);
const u32 = z.number().int().min(0).max(0xffff_ffff);
const ssrc = u32.min(1);
/** Codec parameters reach the worker's C++ as they are: nothing nested, nothing beyond 32 bits. */
const parameterValue = z.union([
  z.string().max(512),
  z.boolean(),
  z.number().min(-0x8000_0000).max(0xffff_ffff),
  z.null(),
]);
const parameters = z
  .record(z.string().max(64), parameterValue)
  .refine((all) => Object.keys(all).length <= 32, "has more than 32 parameters");

/** Lists in which a number or a name stands twice have two meanings. */
function isWithoutTwins(list: readonly (string | number | undefined)[] | undefined): boolean {
  const given = (list ?? []).filter((one) => one !== undefined);
  return new Set(given).size === given.length;
}

const rtcpFeedbackSchema = z.object({ type: text, parameter: z.string().max(64).optional() });
const headerExtensionParametersSchema = z.object({
  uri: text,
  id: z.number().int().min(1).max(255),
  encrypt: z.boolean().optional(),
  parameters: parameters.optional(),
});

export const dtlsParametersSchema = z.object({
  role: z.enum(["auto", "client", "server"]).optional(),
  /** mediasoup's worker has died of an empty list. */
  fingerprints: z
    .array(
      z.object({
        algorithm: z.enum(["sha-1", "sha-224", "sha-256", "sha-384", "sha-512"]),
        value: z.string().regex(/^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){19,63}$/, "must be hex pairs with colons"),
      }),
    )
    .min(1)
    .max(16),
});

export const rtpCapabilitiesSchema = z.object({
  codecs: z
    .array(
      z.object({
        kind: z.enum(["audio", "video"]),
        mimeType: text,
        preferredPayloadType: z.number().int().min(0).max(127),
        clockRate: u32,
        channels: z.number().int().min(1).max(16).optional(),
        parameters: parameters.optional(),
        rtcpFeedback: z.array(rtcpFeedbackSchema).max(32).optional(),
      }),
    )
    .min(1)
    .max(100),
  headerExtensions: z
    .array(
      z.object({
        kind: z.enum(["audio", "video"]),
        uri: text,
        preferredId: z.number().int().min(1).max(255),
        preferredEncrypt: z.boolean().optional(),
        direction: z.enum(["sendrecv", "sendonly", "recvonly", "inactive"]).optional(),
      }),
    )
    .max(100)
    .optional(),
});

export const rtpParametersSchema = z.object({
  mid: z.string().min(1).max(64).optional(),
  codecs: z
    .array(
      z.object({
        mimeType: text,
        payloadType: z.number().int().min(0).max(127),
        clockRate: u32,
        channels: z.number().int().min(1).max(16).optional(),
        parameters: parameters.optional(),
        rtcpFeedback: z.array(rtcpFeedbackSchema).max(32).optional(),
      }),
    )
    .min(1)
    .max(16)
    .refine((codecs) => isWithoutTwins(codecs.map((codec) => codec.payloadType)), "has a payload type twice"),
  headerExtensions: z
    .array(headerExtensionParametersSchema)
    .max(32)
    .refine((all) => isWithoutTwins(all.map((one) => one.id)), "has a header extension id twice")
    .optional(),
  encodings: z
    .array(
      z.object({
        ssrc: ssrc.optional(),
        rid: z
          .string()
          .regex(/^[0-9A-Za-z_-]{1,32}$/)
          .optional(),
        codecPayloadType: z.number().int().min(0).max(127).optional(),
        rtx: z.object({ ssrc }).optional(),
        dtx: z.boolean().optional(),
        active: z.boolean().optional(),
        scalabilityMode: z.string().max(32).optional(),
        scaleResolutionDownBy: z.number().min(1).max(64).optional(),
        maxBitrate: z.number().int().min(0).max(100_000_000).optional(),
        maxFramerate: z.number().min(0).max(240).optional(),
        adaptivePtime: z.boolean().optional(),
        priority: z.string().max(16).optional(),
        networkPriority: z.string().max(16).optional(),
      }),
    )
    .min(1)
    .max(8)
    .refine((all) => isWithoutTwins(all.map((one) => one.rid)), "has a rid twice")
    .refine((all) => isWithoutTwins(all.flatMap((one) => [one.ssrc, one.rtx?.ssrc])), "has an ssrc twice"),
  rtcp: z
    .object({
      cname: z.string().max(256).optional(),
      reducedSize: z.boolean().optional(),
      mux: z.boolean().optional(),
    })
    .optional(),
  msid: z.string().max(256).optional(),
});

export type RtpCapabilitiesJson = z.infer<typeof rtpCapabilitiesSchema>;
export type RtpParametersJson = z.infer<typeof rtpParametersSchema>;
export type DtlsParametersJson = z.infer<typeof dtlsParametersSchema>;

/** What the server tells a client that it needs for one of its two transports. */
export interface TransportOffer {
  readonly id: string;
  readonly iceParameters: unknown;
  readonly iceCandidates: unknown;
  readonly dtlsParameters: unknown;
}

/** One picture on the client's screen: whose, which, and how wide in device pixels. */
export const viewTileSchema = z.strictObject({
  connectionId: connectionIdSchema,
  source: z.enum(["camera", "screen"]),
  width: z.number().int().min(1).max(16_384),
});
export type ViewTile = z.infer<typeof viewTileSchema>;

/** What a client shows; the server derives from it what the client consumes (DESIGN section 2). */
export const mediaViewSchema = z.strictObject({
  /** `data-saver`: no camera pictures, sound and the share stay. */
  mode: z.enum(["gallery", "speaker", "data-saver"]),
  tiles: z.array(viewTileSchema).max(50),
});
export type MediaView = z.infer<typeof mediaViewSchema>;

/** What the media server tells one client; each carries everything the client needs to act. */
export type MediaSignal =
  | {
      readonly type: "consumer.opened";
      readonly consumerId: string;
      /** The receive transport it belongs to: one that was replaced meanwhile makes it void. */
      readonly transportId: string;
      readonly producerId: string;
      readonly connectionId: string;
      readonly source: MediaSource;
      readonly kind: "audio" | "video";
      readonly rtpParameters: unknown;
      /** True while the publisher itself is paused. */
      readonly producerPaused: boolean;
    }
  | { readonly type: "consumer.closed"; readonly consumerId: string }
  /** Paused or resumed because of what the client shows, or because the publisher is. */
  | { readonly type: "consumer.paused"; readonly consumerId: string }
  | { readonly type: "consumer.resumed"; readonly consumerId: string }
  /**
   * To who publishes a camera: of its layers those up to `highest` are received by somebody, from 0; -1 is none of
   * them. All of them, until it is told.
   */
  | { readonly type: "producer.layers"; readonly source: "camera"; readonly highest: number }
  /** To who shares: at most so many bits and pictures a second, as many as they like where null. */
  | {
      readonly type: "producer.limit";
      readonly source: "screen";
      readonly maxBitrate: number | null;
      readonly maxFramerate: number | null;
    }
  /** The media worker died and was replaced: build transports anew and publish again. */
  | { readonly type: "media.reset"; readonly rtpCapabilities: unknown };

/** Who is loud now in the client's room, loudest first; at most two a second. */
export interface SpeakersSignal {
  readonly connectionIds: readonly string[];
}
