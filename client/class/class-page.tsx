import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { t } from "../i18n/t.ts";
import { Toasts } from "../ui/toasts.tsx";
import { ClassBar } from "./bar/class-bar.tsx";
import { ShortcutsDialog } from "./bar/shortcuts-dialog.tsx";
import { BreakoutsDialog } from "./breakouts/breakouts-dialog.tsx";
import { ChooseRoomDialog } from "./breakouts/choose-room-dialog.tsx";
import type { ClassSession } from "./class-session.ts";
import { ClassroomContext, useClassroom } from "./classroom-context.ts";
import { DevicesDialog } from "./devices-dialog.tsx";
import { Banners } from "./header/banners.tsx";
import { ClassHeader } from "./header/class-header.tsx";
import { EndDialog, LeaveDialog } from "./leave-dialogs.tsx";
import { SidePanel } from "./people/side-panel.tsx";
import { ConsentDialog } from "./recording/consent-dialog.tsx";
import { RecordingDialog } from "./recording/recording-dialog.tsx";
import { stageSheetFrom } from "./sheet/sheet-room.ts";
import { SlidesDialog } from "./slides/slides-dialog.tsx";
import { Stage } from "./stage/stage.tsx";
import { stageKindFrom } from "./stage/stage-kind.ts";
import { FilmStrip } from "./tiles/film-strip.tsx";
import "./class-style.ts";

/** The class: header, stage, people, panel, bar. */
export function ClassPage({ session }: { session: ClassSession }) {
  const classroom = session.classroom.value;
  useLayoutEffect(() => {
    document.body.dataset.theme = "class";
    return () => {
      delete document.body.dataset.theme;
    };
  }, []);
  if (!classroom) {
    const isLost = session.state.value === "lost";
    return (
      <main class="class-wait">
        <p role="status">{t(isLost ? "class.reconnecting" : "class.entering")}</p>
      </main>
    );
  }
  return (
    <ClassroomContext.Provider value={classroom}>
      <ClassLayout />
    </ClassroomContext.Provider>
  );
}

function ClassLayout() {
  const { screen, sharer, view } = useClassroom();
  const [isBarShown, setBarShown] = useState(true);
  const sheetRoom = stageSheetFrom(view.value, screen.roomView.value);
  const kind = stageKindFrom({
    hasSheet: sheetRoom !== null,
    isShared: sharer.value !== null,
    hasSlides: view.value.stage !== null,
    mode: screen.mode.value,
  });
  const panel = screen.panel.value;
  const { title } = view.value.info;
  useEffect(() => {
    document.title = `${title} · Balai`;
  }, [title]);
  return (
    <div class="class" data-panel={panel ? "open" : "closed"} data-bar={isBarShown ? "shown" : "away"}>
      <ClassHeader />
      <Banners />
      <main class="class-main" onPointerUp={() => setBarShown(!isBarShown)}>
        <Stage kind={kind} sheetRoom={sheetRoom} />
        {kind !== "gallery" && <FilmStrip isSpeakerOnStage={kind === "speaker"} />}
      </main>
      {panel && <SidePanel tab={panel} />}
      <ClassBar />
      <Dialogs />
      <Toasts />
    </div>
  );
}

function Dialogs() {
  const { screen, view, connection } = useClassroom();
  /** The recording for which one has closed the question without an answer. */
  const [putOff, setPutOff] = useState<string | null>(null);
  const { recording, consent } = view.value;
  const recordingId = recording?.recordingId ?? null;
  const isHere = connection.state.value === "present";
  const mustAsk = isHere && recordingId !== null && consent === null && putOff !== recordingId;
  const close = () => {
    screen.dialog.value = null;
  };
  switch (screen.dialog.value) {
    case "slides":
      return <SlidesDialog />;
    case "breakouts":
      return <BreakoutsDialog />;
    case "choose-room":
      return <ChooseRoomDialog />;
    case "devices":
      return <DevicesDialog />;
    case "leave":
      return <LeaveDialog />;
    case "end":
      return <EndDialog />;
    case "shortcuts":
      return <ShortcutsDialog />;
    case "recording":
      return <RecordingDialog />;
    case "consent":
      return <ConsentDialog onClose={close} />;
    case null:
      return mustAsk ? <ConsentDialog onClose={() => setPutOff(recordingId)} /> : null;
  }
}
