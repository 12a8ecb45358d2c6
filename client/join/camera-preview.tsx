import { Video, VideoOff } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import { colourFrom, initialsFrom } from "../class/tiles/initials.ts";
import { t } from "../i18n/t.ts";
import type { LocalDevice } from "../media/local-device.ts";
import { Button } from "../ui/button.tsx";

/** One's own picture as the class will see it, or one's initials. */
export function CameraPreview(props: { camera: LocalDevice; name: string; hasAsked: boolean }) {
  const { camera, name, hasAsked } = props;
  const video = useRef<HTMLVideoElement>(null);
  const [isStarting, setStarting] = useState(false);
  const track = camera.track.value;
  useEffect(() => {
    const element = video.current;
    if (!element || !track) return;
    element.srcObject = new MediaStream([track]);
    element.play().catch(() => undefined);
    return () => {
      element.srcObject = null;
    };
  }, [track]);
  const toggle = async () => {
    setStarting(true);
    await (track ? camera.stop() : camera.acquire());
    setStarting(false);
  };
  const isWaiting = isStarting || !hasAsked;
  return (
    <div class="preview">
      <div class="preview-picture">
        {track ? (
          <video ref={video} muted playsInline autoPlay aria-label={t("join.preview")} />
        ) : (
          <div class="preview-empty">
            <span class="preview-initials" style={{ background: colourFrom(name) }} aria-hidden="true">
              {initialsFrom(name)}
            </span>
            <span>{t(isWaiting ? "join.camera.starting" : "join.camera.isOff")}</span>
          </div>
        )}
      </div>
      <Button icon={track ? Video : VideoOff} disabled={isWaiting} onClick={() => void toggle()}>
        {t(track ? "join.camera.off" : "join.camera.on")}
      </Button>
    </div>
  );
}
