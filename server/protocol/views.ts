import type { BreakoutCase, BreakoutRoom, BreakoutSlides, ClassEvent, DeckView, Placing } from "./events.ts";
import type { Slot } from "./evidence.ts";
import type { BreakoutRoomId, ConnectionId, MessageId, PersonId, RecordingId, RoomId } from "./ids.ts";
import type { MediaSignal, MediaSource, MediaStatus, SpeakersSignal } from "./media.ts";
import type { ClassRole, Person } from "./people.ts";
import type { RecordedRooms } from "./recordings.ts";
import type { SheetAwarenessMessage, SheetMessage } from "./sheets.ts";

/** What a client is shown of a class. Everything here is meant to be seen by whoever gets it. */

export interface ConnectionView {
  readonly connectionId: ConnectionId;
  readonly personId: PersonId;
  readonly room: RoomId;
  readonly joinedAt: number;
  readonly media: Readonly<Partial<Record<MediaSource, MediaStatus>>>;
}

export interface HandView {
  readonly personId: PersonId;
  readonly raisedAt: number;
  /** When an instructor called on this person; null while waiting. */
  readonly calledAt: number | null;
}

export interface ChatMessageView {
  readonly messageId: MessageId;
  readonly personId: PersonId;
  readonly room: RoomId;
  readonly text: string;
  readonly at: number;
}

export interface StageView {
  readonly deck: DeckView;
  /** From 1; between `from` and `to`, both included. */
  readonly page: number;
  readonly from: number;
  readonly to: number;
}

/** A room that waits for somebody of the staff; the list is in the order of asking. */
export interface HelpView {
  readonly roomId: BreakoutRoomId;
  readonly personId: PersonId;
  readonly askedAt: number;
}

export interface BroadcastView {
  readonly personId: PersonId;
  readonly text: string;
  readonly at: number;
}

export interface BreakoutsView {
  readonly status: "planned" | "open";
  readonly rooms: readonly BreakoutRoom[];
  readonly assignment: Readonly<Partial<Record<PersonId, BreakoutRoomId>>>;
  readonly placing: Placing;
  /** Whom staff have left without a room on purpose: the rule does not place them. */
  readonly unplaced: readonly PersonId[];
  readonly case: BreakoutCase | null;
  readonly slides: BreakoutSlides | null;
  /** How long the rooms are meant to be open; null without an end. */
  readonly minutes: number | null;
  /** Epoch ms of the last opening. */
  readonly openedAt: number | null;
  /** Epoch ms: when the rooms close by themselves. */
  readonly endsAt: number | null;
  /** By room, who has taken which role. */
  readonly roles: Readonly<Partial<Record<BreakoutRoomId, Readonly<Partial<Record<string, PersonId>>>>>>;
  readonly help: readonly HelpView[];
  /** What staff wrote to all rooms, oldest first. */
  readonly broadcasts: readonly BroadcastView[];
  /** Whose microphone is heard in every room. */
  readonly voice: ConnectionId | null;
  /** The room that was called back last; null since the opening. */
  readonly recalled: BreakoutRoomId | null;
  /** Whose sheet is on the stage of the main room. */
  readonly presentedRoom: BreakoutRoomId | null;
}

/** A recording of the class that is under way. */
export interface RecordingView {
  readonly recordingId: RecordingId;
  readonly isPaused: boolean;
  readonly rooms: RecordedRooms;
  readonly hasChat: boolean;
  /** More is published than can be captured at once: some of it is not in the recording. */
  readonly isLimited: boolean;
  /** Epoch ms. */
  readonly startedAt: number;
  /** How many days it is kept after it has ended. */
  readonly keptDays: number;
}

export type ClassStatus = "scheduled" | "open" | "closed";

export interface ClassInfo {
  readonly sessionId: string;
  readonly title: string;
  readonly unit: string;
  readonly programme: string;
  readonly timeZone: string;
  readonly slots: readonly Slot[];
}

export interface You {
  readonly personId: PersonId;
  readonly connectionId: ConnectionId;
  readonly name: string;
  readonly role: ClassRole;
  readonly room: RoomId;
}

export interface Snapshot {
  /** The sequence number of the last event this snapshot contains. */
  readonly seq: number;
  /** The server's clock (epoch ms), for the client to know its own offset. */
  readonly now: number;
  readonly you: You;
  readonly info: ClassInfo;
  readonly status: ClassStatus;
  readonly openedAt: number | null;
  readonly people: readonly Person[];
  readonly connections: readonly ConnectionView[];
  /** A large class: `people` and `connections` are those who matter most, everybody follows in pages (`roster`). */
  readonly rosterFollows?: true;
  readonly hands: readonly HandView[];
  readonly chat: readonly ChatMessageView[];
  readonly stage: StageView | null;
  readonly breakouts: BreakoutsView | null;
  readonly recording: RecordingView | null;
  /** Whether the viewer consents to be recorded; null before they answer. */
  readonly consent: boolean | null;
  /** For staff, who has answered and how; for others null. */
  readonly consents: Readonly<Partial<Record<PersonId, boolean>>> | null;
}

/**
 * A part of everybody in a large class, in order; all pages are sent together and take the place of what was known,
 * as of the events before them.
 */
export interface RosterPage {
  /** From 0. */
  readonly page: number;
  readonly of: number;
  readonly people: readonly Person[];
  readonly connections: readonly ConnectionView[];
}

/** A class event as one audience may see it. `presence.joined` loses the device. */
export type ProjectedEvent = { readonly seq: number; readonly at: number } & (
  | Exclude<ClassEvent, { type: "presence.joined" | "server.recovered" }>
  | {
      readonly type: "presence.joined";
      readonly connectionId: ConnectionId;
      readonly personId: PersonId;
      readonly room: RoomId;
    }
  | { readonly type: "server.recovered"; readonly lastAliveAt: number }
);

/**
 * Ack data of `class.enter`: the whole class, or, for a client that comes back soon enough to the same
 * room, what it missed. `you.connectionId` is new either way.
 */
export type Entered = {
  /** The router's RTP capabilities, for mediasoup-client's Device. */
  readonly rtpCapabilities: unknown;
  readonly iceServers: readonly IceServer[];
} & (
  | { readonly kind: "snapshot"; readonly snapshot: Snapshot }
  | {
      readonly kind: "missed";
      readonly you: You;
      /** The session may have changed meanwhile, which is no event of the class. */
      readonly info: ClassInfo;
      readonly now: number;
      readonly toSeq: number;
      readonly events: readonly ProjectedEvent[];
    }
);

export interface IceServer {
  readonly urls: string | readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** How many of a sheet's questions have an answer. */
export interface SheetProgress {
  readonly answered: number;
  readonly of: number;
}

/** Who speaks in the rooms, told to staff every few seconds while breakout rooms are open. */
export interface RoomOverview {
  readonly speaking: Readonly<Partial<Record<RoomId, readonly PersonId[]>>>;
  /** Since the rooms opened; who is not named has not spoken. */
  readonly spokenMs: Readonly<Partial<Record<PersonId, number>>>;
  /** How far the answer sheets are that somebody has opened. */
  readonly answers: Readonly<Partial<Record<RoomId, SheetProgress>>>;
}

/** What the server sends on a socket besides acks. */
export interface ServerMessages {
  /** All events of one tick, in order; `toSeq` is the class's sequence number after them. */
  events: (batch: { readonly toSeq: number; readonly events: readonly ProjectedEvent[] }) => void;
  /** Replaces everything the client knows: after a move to another room, or a gap. */
  snapshot: (snapshot: Snapshot) => void;
  roster: (page: RosterPage) => void;
  media: (signal: MediaSignal) => void;
  speakers: (signal: SpeakersSignal) => void;
  sheet: (change: SheetMessage) => void;
  sheetAwareness: (change: SheetAwarenessMessage) => void;
  overview: (overview: RoomOverview) => void;
  /** The session was changed: another title, other slots. */
  info: (info: ClassInfo) => void;
  /** This connection is over: replaced by another tab's, its link was revoked, or the session was cancelled. */
  ended: (why: { readonly reason: "replaced" | "revoked" | "cancelled" }) => void;
}
