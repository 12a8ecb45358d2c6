import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { isStaff } from "../../server/protocol/people.ts";
import { errorText, t } from "../i18n/t.ts";
import type { MediaClient } from "../media/media-client.ts";
import { showToast } from "../ui/toasts.tsx";
import { type ConnectionState, createClassConnection } from "./class-connection.ts";
import type { ClassLine } from "./class-line.ts";
import { type Classroom, createClassroom } from "./classroom.ts";
import { followNotices } from "./follow-notices.ts";
import { type JoinMemory, rememberJoin, tabDevice } from "./join-memory.ts";

/** Why somebody is no longer in the class. */
export type ClassOver = "closed" | Exclude<ConnectionState, "entering" | "present" | "lost">;

export interface ClassSessionParts {
  readonly linkId: string;
  readonly line: ClassLine;
  readonly media: MediaClient;
  /** What was on when the person chose to join, or before a reload. */
  readonly wanted: JoinMemory;
  /** Opens the closed class again, as staff do from the page of an ended class. */
  readonly isReopening: boolean;
  onOver(why: ClassOver): void;
}

export interface ClassSession {
  /** Null until the class is known. */
  readonly classroom: ReadonlySignal<Classroom | null>;
  readonly state: ReadonlySignal<ConnectionState>;
  readonly command: Classroom["connection"]["command"];
  close(): void;
}

/** Puts the class's socket, its media and its state together, from joining to the end. */
export function createClassSession(parts: ClassSessionParts): ClassSession {
  const { linkId, media } = parts;
  const classroom = signal<Classroom | null>(null);
  let isReopening = parts.isReopening;
  let hasPublished = false;
  let isOver = false;
  const stops: (() => void)[] = [];

  const connection = createClassConnection({
    line: parts.line,
    device: tabDevice(),
    onEntered: ({ rtpCapabilities }) => media.prepare(rtpCapabilities),
    onConfirming(setup) {
      void media.start(setup).then((started) => {
        const isHere = connection.state.peek() === "present";
        if (!started.ok && isHere) showToast({ tone: "trouble", text: errorText(started.code) });
      });
    },
    onPresent() {
      if (!hasPublished) void publish();
      if (isReopening) void reopen();
    },
    onEvents: (events) => classroom.peek()?.followEvents(events),
    onMedia: (told) => media.handleSignal(told),
    onOverview: (overview) => classroom.peek()?.showOverview(overview),
    onSpeakers: ({ connectionIds }) => classroom.peek()?.hearSpeakers(connectionIds),
  });

  async function publish(): Promise<void> {
    hasPublished = true;
    // A device that was refused before joining is not asked for again by itself.
    const isUsable = (device: MediaClient["camera"]) => device.state.peek().status !== "error";
    if (isUsable(media.microphone)) await openMicrophone();
    if (parts.wanted.isCameraOn && isUsable(media.camera)) await media.camera.publish();
    if (isOver) return;
    stops.push(
      effect(() =>
        rememberJoin(linkId, {
          isCameraOn: media.camera.state.value.status === "live",
          isMicrophoneOn: media.microphone.state.value.status === "live",
        }),
      ),
    );
  }

  /** Staff will speak; of the others most only listen, and need no transport for it (MS23). */
  async function openMicrophone(): Promise<void> {
    const { isMicrophoneOn } = parts.wanted;
    const role = connection.view.peek()?.you.role;
    if (isMicrophoneOn || (role && isStaff(role))) await media.microphone.publish({ muted: !isMicrophoneOn });
    else await media.microphone.ready();
  }

  async function reopen(): Promise<void> {
    const opened = await connection.command("class.open", {});
    isReopening = false;
    if (opened.ok || opened.code === "class-already-open") return;
    showToast({ tone: "trouble", text: errorText(opened.code) });
    finish("closed");
  }

  function finish(why: ClassOver): void {
    if (isOver) return;
    isOver = true;
    if (why === "closed") void connection.leave();
    parts.onOver(why);
  }

  function open(): void {
    const firstView = connection.view.peek();
    if (!firstView || classroom.peek() || isOver) return;
    const created = createClassroom({
      linkId,
      connection,
      media,
      firstView,
      onRecordingChanged(event) {
        if (event.type === "recording.started") showToast({ text: t("recording.started") });
        else if (event.reason === "staff" || event.reason === "class-closed") {
          showToast({ text: t("recording.ended") });
        } else showToast({ tone: "trouble", text: t(`recording.ended.${event.reason}`) });
      },
      onSilenced: (source) => showToast({ text: t(SILENCED[source]) }),
    });
    stops.push(followNotices(created));
    classroom.value = created;
  }

  rememberJoin(linkId, parts.wanted);
  stops.push(
    effect(() => {
      // What media asks of the server goes out first: it answers while the class is drawn.
      if (connection.view.value && !classroom.peek()) setTimeout(open, 0);
    }),
    effect(() => {
      if (media.screen.isHeld.value) showToast({ text: t("share.held") });
    }),
    effect(() => {
      const state = connection.state.value;
      if (state !== "entering" && state !== "present" && state !== "lost") finish(state);
    }),
    effect(() => {
      const isClosed = connection.view.value?.status === "closed";
      if (isClosed && !isReopening) finish("closed");
    }),
  );

  return {
    classroom,
    state: connection.state,
    command: connection.command,
    close() {
      isOver = true;
      for (const stop of stops.splice(0)) stop();
      classroom.peek()?.close();
      connection.close();
    },
  };
}

const SILENCED = {
  microphone: "people.silenced",
  camera: "people.videoStopped",
  screen: "people.shareStopped",
} as const;
