import { join } from "node:path";
import type { ConnectionId, RecordingId, SessionId } from "../../server/protocol/ids.ts";
import { createSqliteStore } from "../../server/store/store.ts";
import { createQuietLog } from "./quiet-log.ts";
import { makeRecording } from "./synthetic-recording.ts";

const ALL = { limit: 100, cursor: null };
const LASTS_S = 60;

/**
 * Gives the demo's class of a stopped server a recording of a minute: a camera, a microphone, a share from 40 to 50 s,
 * slides 1, 2 (20 s) and 3 (35 s), chat, a hand, and captions. Throws where the demo's slides are not drawn yet.
 */
export async function recordDemoClass(
  dataDir: string,
): Promise<{ readonly recordingId: RecordingId; readonly sessionId: SessionId }> {
  const store = await createSqliteStore({ file: join(dataDir, "balai.db"), log: createQuietLog().log });
  try {
    const [programme] = (await store.programmes.list(ALL)).items;
    const [session] = programme ? (await store.sessions.list(programme.id, ALL)).items : [];
    const [deck] = session ? await store.decks.list(session.id) : [];
    if (!programme || !session || deck?.status !== "ready") throw new Error("the demo is not ready");
    const staff = (await store.staff.list(programme.id, ALL)).items.find(({ role }) => role === "instructor");
    const [first, second] = await store.enrolments.roster(programme.id, null);
    const startAt = session.slots[0]?.startAt ?? 0;
    if (!staff || !first || !second) throw new Error("the demo has nobody");

    const recordingId = "rec_demo" as RecordingId;
    const order = { recordingId, sessionId: session.id, rooms: "main", hasChat: true } as const;
    await store.recordings.begin({ ...order, startedAt: startAt, startedBy: staff.id });
    await store.recordings.end(recordingId, startAt + 1_000 * LASTS_S, "staff");
    const cue = (second_: number, text: string) => ({
      startMs: 1_000 * second_,
      endMs: 1_000 * second_ + 9_000,
      text,
    });
    const cues = [cue(0, "Selamat pagi semuanya"), cue(21, "Enam pertanyaan hari ini")];
    await store.captions.put({ recordingId, language: "id", cues, updatedAt: startAt });

    const connectionOf = ({ id }: { readonly id: string }) => `con_${id.slice(4)}` as ConnectionId;
    const of = (person: typeof staff | typeof first) => ({
      personId: person.id,
      connectionId: connectionOf(person),
    });
    const whole = { fromS: 0, toS: LASTS_S };
    const { id: deckId, title, pageCount } = deck;
    await makeRecording(join(dataDir, "recordings", recordingId), {
      startAt,
      head: { recordingId, sessionId: session.id },
      tracks: [
        { trackId: "000001", ...of(staff), source: "camera", fromS: 0, toS: 30 },
        { trackId: "000002", ...of(staff), source: "microphone", ...whole },
        { trackId: "000003", ...of(staff), source: "screen", fromS: 40, toS: 50 },
      ],
      lines: (line) => [
        line.state(0, {
          connections: [staff, first, second].map((person) => ({ ...of(person), room: "main" })),
          stages: [{ room: "main", deck: { deckId, title, pageCount }, page: 1 }],
        }),
        line.speakers(500, [connectionOf(staff)]),
        line.event(5_000, "chat.posted", {
          messageId: "msg_1",
          personId: first.id,
          room: "main",
          text: "Suara jelas, terima kasih",
        }),
        line.event(15_000, "hand.raised", { personId: second.id }),
        line.event(18_000, "hand.lowered", { personId: second.id }),
        line.event(20_000, "page.turned", { page: 2, room: "main" }),
        line.event(35_000, "page.turned", { page: 3, room: "main" }),
      ],
      endedS: LASTS_S,
    });
    return { recordingId, sessionId: session.id };
  } finally {
    await store.close();
  }
}
