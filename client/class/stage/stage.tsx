import { MonitorUp } from "lucide";
import type { BreakoutRoomId } from "../../../server/protocol/ids.ts";
import { t } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useClassroom } from "../classroom-context.ts";
import { Gallery } from "../tiles/gallery.tsx";
import { SpeakerView } from "../tiles/speaker-view.tsx";
import { useShownPicture, Video } from "../tiles/video.tsx";
import { SheetStage } from "./sheet-stage.tsx";
import { SlideStage } from "./slide-stage.tsx";
import type { StageKind } from "./stage-kind.ts";

export function Stage({ kind, sheetRoom }: { kind: StageKind; sheetRoom: BreakoutRoomId | null }) {
  return (
    <div class="stage" data-stage={kind}>
      {kind === "sheet" && sheetRoom && <SheetStage roomId={sheetRoom} />}
      {kind === "share" && <ShareStage />}
      {kind === "slides" && <SlideStage />}
      {kind === "speaker" && <SpeakerView />}
      {kind === "gallery" && <Gallery />}
    </div>
  );
}

function ShareStage() {
  const { sharer, media } = useClassroom();
  const attendee = sharer.value;
  const from = attendee && !attendee.isYou ? attendee.screenFrom : null;
  const element = useShownPicture<HTMLDivElement>(from, "screen");
  if (!attendee || attendee.isYou) {
    return (
      <div class="stage-picture">
        <div class="stage-wait">
          <Icon of={MonitorUp} size={48} />
          <strong>{t("share.mine")}</strong>
          <Button onClick={() => void media.screen.stop()}>{t("bar.stopShare")}</Button>
        </div>
      </div>
    );
  }
  const track = from ? media.remoteTracks.value.get(`${from}/screen`) : undefined;
  return (
    <div ref={element} class="stage-picture">
      {track ? <Video track={track} /> : <p class="stage-wait">{t("share.waiting")}</p>}
      <span class="stage-caption one-line">{t("share.by", { name: attendee.person.name })}</span>
    </div>
  );
}
