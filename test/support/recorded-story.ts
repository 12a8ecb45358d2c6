import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ConnectionId, PersonId, RecordingId, RoomId, SessionId } from "../../server/protocol/ids.ts";
import type { MediaSource } from "../../server/protocol/media.ts";
import { mediaKindOf } from "../../server/protocol/media.ts";
import { type ManifestLine, RECORDING_FORMAT, type RecordingEnd } from "../../server/protocol/recordings.ts";

/** When the recordings of these stories begin. */
export const RECORDED_AT = 1_000_000;

export interface RecordedTrack {
  readonly trackId: string;
  readonly personId: PersonId;
  readonly connectionId: ConnectionId;
  readonly source: MediaSource;
  readonly room?: RoomId;
}

/** Writes a manifest line by line; times are milliseconds after its beginning (epoch ms). */
export const recordedLineAt = (beginsAt: number) => ({
  head(change: object = {}): ManifestLine {
    const ids = { recordingId: "rec_1" as RecordingId, sessionId: "ses_1" as SessionId };
    const head = { format: RECORDING_FORMAT, ...ids, rooms: "main", hasChat: true } as const;
    return { type: "recording", at: beginsAt, ...head, ...change };
  },
  state: (atMs: number, state: object): ManifestLine => ({
    type: "state",
    at: beginsAt + atMs,
    state: { ...state },
  }),
  event: (atMs: number, type: string, body: object = {}): ManifestLine => ({
    type: "event",
    at: beginsAt + atMs,
    seq: 1 + atMs,
    event: { type, ...body },
  }),
  speakers: (atMs: number, connectionIds: readonly ConnectionId[], room: RoomId = "main"): ManifestLine => ({
    type: "speakers",
    at: beginsAt + atMs,
    room,
    connectionIds: [...connectionIds],
  }),
  track: (atMs: number, { room = "main", ...track }: RecordedTrack): ManifestLine => ({
    type: "track",
    at: beginsAt + atMs,
    ...track,
    room,
    codec: mediaKindOf(track.source) === "audio" ? "opus" : "vp8",
  }),
  segment(
    trackId: string,
    number: number,
    [fromMs, toMs]: readonly [number, number],
    change: { readonly bytes?: number; readonly isSalvaged?: boolean; readonly at?: number } = {},
  ): ManifestLine {
    const file = `${trackId}/${String(number).padStart(6, "0")}.webm`;
    const [startAt, endAt] = [beginsAt + fromMs, beginsAt + toMs];
    const rest = { file, bytes: 1_000, isSalvaged: false, ...change };
    return { type: "segment", at: Math.ceil(endAt), trackId, number, startAt, endAt, ...rest };
  },
  trackEnded: (
    atMs: number,
    trackId: string,
    reason: "ended" | "fault" | "server-stopped" = "ended",
  ): ManifestLine => ({ type: "track-ended", at: beginsAt + atMs, trackId, reason }),
  ended: (atMs: number, reason: RecordingEnd = "staff"): ManifestLine => ({
    type: "ended",
    at: beginsAt + atMs,
    reason,
  }),
});

export const recordedLine = recordedLineAt(RECORDED_AT);

/** Writes a manifest into a recording's folder, which it makes. */
export async function writeManifest(folder: string, lines: readonly ManifestLine[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "manifest.jsonl"), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}
