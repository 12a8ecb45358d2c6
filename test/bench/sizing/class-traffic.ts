import type { ConnectionId, RoomId } from "../../../server/protocol/ids.ts";
import { isShareHeld } from "../../../sfu/share-limit.ts";
import { layerFrom, type PublishedMedia, subscriptionFrom } from "../../../sfu/subscription.ts";

/** What a class is doing: it decides what everybody sees. */
export type Activity = "slides" | "share" | "discussion";

/** What flows to all people of a class together, a second. */
export interface Traffic {
  readonly packets: number;
  readonly bits: number;
}

/** People with cameras on. */
const CAMERA_SHARE = 0.3;
/** Of an opening event: the speaker and who leads through it. */
const LARGE_CLASS_CAMERAS = 2;
const PAYLOAD_BITS = 8 * 1_100;
const OVERHEAD_BITS = 8 * 60;

/** Of a hundred people: at a laptop, on a phone, saving data. */
const VIEWERS = [
  {
    share: 0.65,
    tiles: { slides: 5, share: 5, discussion: 12 },
    width: { slides: 200, share: 200, discussion: 320 },
  },
  {
    share: 0.25,
    tiles: { slides: 2, share: 2, discussion: 4 },
    width: { slides: 180, share: 180, discussion: 360 },
  },
  { share: 0.1, tiles: null, width: null },
] as const;

const MAIN = "main" as RoomId;
const connection = (index: number) => `con_${index}` as ConnectionId;

/** A stream in packets and bits a second, from its bit rate and its pictures a second. */
function stream(bitsPerSecond: number, frames: number): Traffic {
  const packets = Math.max(frames, bitsPerSecond / PAYLOAD_BITS);
  return { packets, bits: bitsPerSecond + packets * OVERHEAD_BITS };
}

const CAMERA_LAYERS = [stream(120_000, 20), stream(400_000, 24), stream(1_300_000, 24)] as const;
const SPEECH = stream(32_000, 50);
/** Opus sends a packet every 400 ms of silence (DTX). */
const SILENCE = stream(800, 2.5);
const SHARE = stream(1_200_000, 15);
const LARGE_SHARE = stream(250_000, 5);

/** A class whose share is held; at that size few have their camera on. */
export const isLarge = (people: number): boolean => isShareHeld(people, false);

const known = new Map<string, Traffic>();

/** What a class of so many people sends while it does something, by the rules of subscription (MS1 to MS8). */
export function classTraffic(people: number, activity: Activity): Traffic {
  const key = `${people}/${activity}`;
  const traffic = known.get(key) ?? sentBy(people, activity);
  known.set(key, traffic);
  return traffic;
}

function sentBy(people: number, activity: Activity): Traffic {
  const published = publishedIn(people, activity);
  const sum = { packets: 0, bits: 0 };
  for (const { share, tiles, width } of VIEWERS) {
    const wanted = subscriptionFrom({
      viewer: { connectionId: connection(people), room: MAIN },
      view: {
        mode: tiles ? "gallery" : "data-saver",
        tiles: [
          { connectionId: connection(0), source: "screen", width: 900 },
          ...Array.from({ length: tiles?.[activity] ?? 0 }, (_, index) => ({
            connectionId: connection(index),
            source: "camera" as const,
            width: width?.[activity] ?? 0,
          })),
        ],
      },
      published,
      speakers: [connection(0)],
    });
    for (const one of wanted) {
      const flow = flowOf(one.source, one.layer, one.connectionId === connection(0), people);
      sum.packets += people * share * flow.packets;
      sum.bits += people * share * flow.bits;
    }
  }
  return sum;
}

/** Cameras, microphones and a share that a recording of the class captures. */
export function recordedTracks(people: number): number {
  return publishedIn(people, "share").length;
}

/** The instructor is the first; one in twenty has the microphone open, and one speaks. */
function publishedIn(people: number, activity: Activity): readonly PublishedMedia[] {
  const media = (index: number, source: PublishedMedia["source"]): PublishedMedia => ({
    connectionId: connection(index),
    room: MAIN,
    source,
    producerId: `${source}-${index}`,
    isLive: true,
  });
  const range = (count: number) => Array.from({ length: Math.ceil(count) }, (_, index) => index);
  return [
    ...range(isLarge(people) ? LARGE_CLASS_CAMERAS : people * CAMERA_SHARE).map((index) =>
      media(index, "camera"),
    ),
    ...range(people / 20).map((index) => media(index, "microphone")),
    ...(activity === "share" ? [media(0, "screen")] : []),
  ];
}

function flowOf(
  source: PublishedMedia["source"],
  layer: number | null,
  isSpeaking: boolean,
  people: number,
): Traffic {
  if (source === "screen") return isLarge(people) ? LARGE_SHARE : SHARE;
  if (source === "camera") return CAMERA_LAYERS[layer ?? layerFrom(900)] ?? CAMERA_LAYERS[0];
  return isSpeaking ? SPEECH : SILENCE;
}
