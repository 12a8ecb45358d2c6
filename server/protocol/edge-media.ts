import { z } from "zod";
import { ERRORS, type ErrorCode } from "./errors.ts";
import { connectionIdSchema, roomIdSchema } from "./ids.ts";
import {
  dtlsParametersSchema,
  mediaSourceSchema,
  mediaViewSchema,
  rtpCapabilitiesSchema,
  rtpParametersSchema,
  transportDirectionSchema,
} from "./media.ts";

/**
 * What the home node of a class and an edge node that carries some of its people's media tell each other. Whoever has a
 * producer that the other's people receive pipes it over (RTP with SRTP between the two hosts).
 */

const id = z.string().min(1).max(64);
const ofPeer = { connectionId: connectionIdSchema };
const ofProducer = { producerId: id };

/** Something published on another node. */
const publishedSchema = z.strictObject({
  ...ofPeer,
  room: roomIdSchema,
  source: mediaSourceSchema,
  producerId: id,
  isLive: z.boolean(),
  hasLayers: z.boolean().optional(),
});
const publishedChange = { published: z.array(publishedSchema).max(500), gone: z.array(id).max(20_000) };
/** How loud a microphone is (dBov), from -127 to 0. */
const volumeSchema = z.strictObject({ ...ofPeer, volume: z.number().min(-127).max(0) });
export type Volume = z.infer<typeof volumeSchema>;

/** One end of a pipe between two hosts: where it listens, and the keys it sends with. */
export const pipeEndSchema = z.strictObject({
  address: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535),
  srtpParameters: z.strictObject({ cryptoSuite: z.string().max(64), keyBase64: z.string().max(128) }),
});
export type PipeEnd = z.infer<typeof pipeEndSchema>;

/** The answer to `bring`: the other end, and what comes out of it. */
export const pipedProducerSchema = z.strictObject({
  end: pipeEndSchema,
  kind: z.enum(["audio", "video"]),
  rtpParameters: rtpParametersSchema,
});
export type PipedProducer = z.infer<typeof pipedProducerSchema>;

/** What both tell each other of their producers. */
const producerLetters = [
  /** Asked for: pipe this producer to this end. */
  z.strictObject({ kind: z.literal("bring"), ...ofProducer, end: pipeEndSchema }),
  /** What was brought is not wanted any more. */
  z.strictObject({ kind: z.literal("release"), ...ofProducer }),
  /** What was brought comes no more that way. */
  z.strictObject({ kind: z.literal("lost"), ...ofProducer }),
  /** Of a camera in layers that was brought: the highest that somebody receives, -1 for none. */
  z.strictObject({ kind: z.literal("demand"), ...ofProducer, highest: z.int().min(-1).max(9) }),
  z.strictObject({ kind: z.literal("volumes"), volumes: z.array(volumeSchema).max(200) }),
] as const;

/** What the client of a peer asks, passed on: `PeerMedia`'s methods. */
export const peerCallSchema = z.discriminatedUnion("method", [
  z.strictObject({ method: z.literal("setCapabilities"), rtpCapabilities: rtpCapabilitiesSchema }),
  z.strictObject({ method: z.literal("createTransport"), direction: transportDirectionSchema }),
  z.strictObject({
    method: z.literal("connectTransport"),
    direction: transportDirectionSchema,
    dtlsParameters: dtlsParametersSchema,
  }),
  z.strictObject({ method: z.literal("restartIce"), direction: transportDirectionSchema }),
  z.strictObject({
    method: z.literal("produce"),
    source: mediaSourceSchema,
    rtpParameters: rtpParametersSchema,
    paused: z.boolean(),
  }),
  z.strictObject({ method: z.enum(["pause", "resume", "stop"]), source: mediaSourceSchema }),
  z.strictObject({ method: z.literal("consumerReady"), consumerId: z.string().max(64) }),
]);
export type PeerCall = z.infer<typeof peerCallSchema>;

/** From the home to an edge. */
export const homeLetterSchema = z.discriminatedUnion("kind", [
  ...producerLetters,
  z.strictObject({ kind: z.literal("peer-add"), ...ofPeer, room: roomIdSchema }),
  z.strictObject({ kind: z.literal("peer-room"), ...ofPeer, room: roomIdSchema }),
  z.strictObject({ kind: z.literal("peer-view"), ...ofPeer, view: mediaViewSchema }),
  z.strictObject({ kind: z.literal("peer-close"), ...ofPeer }),
  z.strictObject({ kind: z.literal("peer-call"), ...ofPeer, call: peerCallSchema }),
  /** What other nodes publish, as it changed. */
  z.strictObject({ kind: z.literal("published"), ...publishedChange }),
  /** How many people's media other nodes carry, and whose voice is for all rooms. */
  z.strictObject({
    kind: z.literal("elsewhere"),
    people: z.int().min(0),
    voice: connectionIdSchema.nullable(),
  }),
]);
export type HomeLetter = z.infer<typeof homeLetterSchema>;

/** From an edge to the home. */
export const edgeLetterSchema = z.discriminatedUnion("kind", [
  ...producerLetters,
  /** A `MediaSignal` for the peer's client, which believes its server as far as it does without edges. */
  z.strictObject({
    kind: z.literal("signal"),
    ...ofPeer,
    signal: z.looseObject({ type: z.string().max(32) }),
  }),
  /** What the edge's own people publish, as it changed. */
  z.strictObject({ kind: z.literal("published"), ...publishedChange }),
  /** How many more people it takes. */
  z.strictObject({ kind: z.literal("room"), roomFor: z.int().min(0) }),
  z.strictObject({ kind: z.literal("ended"), ...ofPeer, source: mediaSourceSchema }),
]);
export type EdgeLetter = z.infer<typeof edgeLetterSchema>;

/** Whatever was asked is answered with a result. */
export const answerSchema = z.discriminatedUnion("ok", [
  z.strictObject({ ok: z.literal(true), data: z.unknown().optional() }),
  z.strictObject({
    ok: z.literal(false),
    code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
    details: z.unknown().optional(),
  }),
]);
