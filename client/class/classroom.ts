import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { CommandInput, CommandName } from "../../server/protocol/commands.ts";
import type { ConnectionId, PersonId } from "../../server/protocol/ids.ts";
import { isStaff } from "../../server/protocol/people.ts";
import type { HandView, ProjectedEvent, RoomOverview } from "../../server/protocol/views.ts";
import { errorText } from "../i18n/t.ts";
import type { MediaClient } from "../media/media-client.ts";
import { showToast } from "../ui/toasts.tsx";
import {
  type Attendee,
  attendeesFrom,
  handsIn,
  inRoom,
  mainSpeakerFrom,
  ownHandPlace,
  sharerFrom,
} from "./attendees.ts";
import { type ClassConnection, whenEntered } from "./class-connection.ts";
import type { ClassView } from "./class-view.ts";
import { createScreen, type Screen } from "./screen.ts";
import { createViewReport, type ViewReport } from "./tiles/create-view-report.ts";

/** Everything the parts of the class page share: what is known, what is shown, and what can be done. */
export interface Classroom {
  readonly linkId: string;
  readonly connection: ClassConnection;
  readonly media: MediaClient;
  readonly screen: Screen;
  readonly viewReport: ViewReport;
  readonly view: ReadonlySignal<ClassView>;
  readonly isStaff: ReadonlySignal<boolean>;
  /** Everybody present, in all rooms. */
  readonly attendees: ReadonlySignal<readonly Attendee[]>;
  /** Those in one's own room. */
  readonly here: ReadonlySignal<readonly Attendee[]>;
  readonly sharer: ReadonlySignal<Attendee | null>;
  /** Whoever speaks or spoke last, oneself apart; staff before anybody has spoken. */
  readonly mainSpeaker: ReadonlySignal<Attendee | null>;
  /** Messages of others since the chat was last looked at. */
  readonly unreadCount: ReadonlySignal<number>;
  markChatRead(): void;
  isLoud(connectionIds: readonly ConnectionId[]): boolean;
  hearSpeakers(connectionIds: readonly string[]): void;
  /** Who speaks in the breakout rooms; for staff, while rooms are open. */
  readonly overview: ReadonlySignal<RoomOverview>;
  showOverview(overview: RoomOverview): void;
  /** The hands of one's own room, in their order. */
  readonly hands: ReadonlySignal<readonly HandView[]>;
  /** Follows what others did to one's own microphone, camera or screen. */
  followEvents(events: readonly ProjectedEvent[]): void;
  /** Sends a command and says what went wrong, if anything; whether it went well. */
  act<Name extends CommandName>(name: Name, args: CommandInput<Name>): Promise<boolean>;
  close(): void;
}

interface ClassroomParts {
  readonly linkId: string;
  readonly connection: ClassConnection;
  readonly media: MediaClient;
  readonly firstView: ClassView;
  onRecordingChanged(
    event: Extract<ProjectedEvent, { type: "recording.started" | "recording.stopped" }>,
  ): void;
  onSilenced(source: "microphone" | "camera" | "screen"): void;
}

export function createClassroom(parts: ClassroomParts): Classroom {
  const { connection, media } = parts;
  const screen = createScreen();
  const loud = signal<ReadonlySet<string>>(new Set());
  const overview = signal<RoomOverview>({ speaking: {}, spokenMs: {}, answers: {} });
  const lastSpeaker = signal<PersonId | null>(null);
  // What was said before one came is not new.
  const readAt = signal(parts.firstView.chat.at(-1)?.at ?? 0);
  const view = computed(() => connection.view.value ?? parts.firstView);
  const attendees = computed(() => attendeesFrom(view.value));
  const here = computed(() => inRoom(attendees.value, view.value.you.room));
  const shownTiles = signal<Parameters<Parameters<typeof createViewReport>[0]>[0]>([]);
  const viewReport = createViewReport((tiles) => {
    shownTiles.value = tiles;
  });
  // Whoever shares wants to be seen, and a new room begins with its work.
  const roomAndShare = computed(() => `${view.value.you.room} ${sharerFrom(here.value) !== null}`);
  const stopRooms = effect(() => {
    screen.roomView.value = roomAndShare.value.endsWith(" true") ? "people" : "work";
  });
  const stopShowing = effect(() => media.setView({ mode: screen.mode.value, tiles: shownTiles.value }));
  // Whoever raises a hand is about to speak.
  const hasHandUp = computed(() => ownHandPlace(view.value) !== null);
  const stopPreparing = effect(() => {
    if (hasHandUp.value) void media.microphone.prepare();
  });
  const stopSaving = effect(() => media.setDataSaver(screen.isSavingData.value));

  return {
    linkId: parts.linkId,
    connection,
    media,
    screen,
    viewReport,
    view,
    isStaff: computed(() => isStaff(view.value.you.role)),
    attendees,
    here,
    sharer: computed(() => sharerFrom(here.value)),
    mainSpeaker: computed(() => mainSpeakerFrom(here.value, lastSpeaker.value)),
    unreadCount: computed(() => {
      const { chat, you } = view.value;
      return chat.filter(({ at, personId }) => at > readAt.value && personId !== you.personId).length;
    }),
    markChatRead() {
      readAt.value = Math.max(readAt.peek(), view.peek().chat.at(-1)?.at ?? 0);
    },
    overview,
    showOverview(told) {
      overview.value = told;
    },
    hands: computed(() => handsIn(view.value, view.value.you.room)),
    isLoud: (connectionIds) => connectionIds.some((id) => loud.value.has(id)),
    hearSpeakers(connectionIds) {
      loud.value = new Set(connectionIds);
      const loudest = connectionIds
        .map((id) => view.peek().connections.get(id as ConnectionId)?.personId)
        .find((personId) => personId !== undefined && personId !== view.peek().you.personId);
      if (loudest) lastSpeaker.value = loudest;
    },
    followEvents(events) {
      const { connectionId, personId } = view.peek().you;
      for (const event of events) {
        if (event.type === "recording.started" || event.type === "recording.stopped") {
          parts.onRecordingChanged(event);
        }
        if (event.type !== "media.changed" || event.connectionId !== connectionId) continue;
        if (event.by === personId || event.by === "server") continue;
        media.followServer(event.source, event.status);
        if (event.source !== "screen-audio" && event.status !== "live") parts.onSilenced(event.source);
      }
    },
    async act(name, args) {
      await whenEntered(connection.state);
      const answer = await connection.command(name, args);
      if (!answer.ok) showToast({ text: errorText(answer.code), tone: "trouble" });
      return answer.ok;
    },
    close() {
      stopRooms();
      stopShowing();
      stopSaving();
      stopPreparing();
      viewReport.close();
      screen.close();
    },
  };
}
