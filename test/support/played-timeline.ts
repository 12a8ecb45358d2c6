import { type PlaybackTimeline, playbackTimelineSchema } from "../../server/protocol/playback.ts";

const track = (trackId: string, personId: string, source: string, startMs: number, endMs: number) => ({
  trackId,
  personId,
  room: "main",
  source,
  codec: "vp8",
  startMs,
  endMs,
  segments: [{ number: 0, startMs, endMs, bytes: 1 }],
});
const place = (atMs: number, personId: string, room: string | null = "main") => ({ atMs, personId, room });
const speakers = (atMs: number, ...personIds: string[]) => ({ atMs, room: "main", personIds });
const hand = (atMs: number, change: string) => ({ atMs, personId: "enr_ani", change });
const message = (atMs: number, messageId: string, room: string, text: string) => ({
  atMs,
  messageId,
  personId: "enr_ani",
  room,
  text,
});
const person = (personId: string, name: string | null, role: string) => ({ personId, name, role });

/** Two minutes of a class: an instructor with a camera, two participants, slides, a share, a pause, two slots. */
export const PLAYED: PlaybackTimeline = playbackTimelineSchema.parse({
  recordingId: "rec_1",
  sessionId: "ses_1",
  startAt: 1_700_000_000_000,
  durationMs: 120_000,
  recordedRooms: "all",
  hasChat: true,
  endReason: "staff",
  rooms: [
    { roomId: "main", title: null },
    { roomId: "rom_1", title: "Kelompok 1" },
  ],
  gaps: [{ kind: "pause", fromMs: 70_000, toMs: 75_000 }],
  tracks: [
    track("000001", "stf_ina", "camera", 0, 30_000),
    track("000002", "stf_ina", "screen", 40_000, 50_000),
    track("000003", "enr_budi", "camera", 31_000, 60_000),
  ],
  slides: [
    { isShown: true, atMs: 0, room: "main", deckId: "dck_1", page: 1 },
    { isShown: true, atMs: 20_000, room: "main", deckId: "dck_1", page: 2 },
    { isShown: false, atMs: 85_000, room: "main" },
  ],
  stage: [
    { atMs: 0, room: "main", kind: "slides" },
    { atMs: 40_000, room: "main", kind: "screen", trackId: "000002" },
    { atMs: 50_000, room: "main", kind: "slides" },
    { atMs: 85_000, room: "main", kind: "people" },
  ],
  speakers: [speakers(1_000, "stf_ina"), speakers(11_000, "enr_ani", "stf_ina"), speakers(15_000)],
  hands: [hand(10_000, "raised"), hand(13_000, "called"), hand(15_000, "lowered")],
  chat: [message(7_000, "msg_1", "main", "Selamat pagi"), message(8_000, "msg_2", "rom_1", "Kita mulai")],
  places: [
    place(0, "stf_ina"),
    place(4_000, "enr_ani"),
    place(40_000, "enr_budi"),
    place(60_500, "enr_ani", null),
  ],
  isUnderWay: false,
  session: { title: "Sesi pagi", unit: "Konsep", programme: "Pelatihan", timeZone: "Asia/Jakarta" },
  people: [
    person("stf_ina", "Ina", "instructor"),
    person("enr_ani", "Ani", "participant"),
    person("enr_budi", null, "participant"),
  ],
  decks: [{ deckId: "dck_1", title: "Materi", pageCount: 2, textPages: [1, 2] }],
  chapters: [
    { kind: "slide", atMs: 0, deckId: "dck_1", page: 1, title: "Konsep dasar" },
    { kind: "slot", atMs: 0, slotId: "slt_1", number: 1, jp: 1 },
    { kind: "slide", atMs: 20_000, deckId: "dck_1", page: 2, title: null },
    { kind: "slot", atMs: 60_000, slotId: "slt_2", number: 2, jp: 1 },
  ],
  leave: { path: "/api/v1/recordings/rec_1/media/x/", expiresAt: 1_700_000_300_000, renewInMs: 150_000 },
});
