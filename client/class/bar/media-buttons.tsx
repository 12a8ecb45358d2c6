import { Mic, MicOff, Video, VideoOff } from "lucide";
import { t } from "../../i18n/t.ts";
import { useClassroom } from "../classroom-context.ts";
import { BarButton } from "./bar-button.tsx";
import { toggleCamera, toggleMicrophone } from "./own-media.ts";

export function MicrophoneButton() {
  const { media } = useClassroom();
  const { status } = media.microphone.state.value;
  const isLive = status === "live";
  // Whoever comes this close is about to speak.
  const prepare = () => void media.microphone.prepare();
  return (
    <BarButton
      icon={isLive ? Mic : MicOff}
      onPointerEnter={prepare}
      onPointerDown={prepare}
      onFocus={prepare}
      label={t(isLive ? "bar.mute" : "bar.unmute")}
      look={isLive ? "live" : "off"}
      shortcut="Alt+A"
      onClick={() => void toggleMicrophone(media)}
    />
  );
}

export function CameraButton() {
  const { media } = useClassroom();
  const { status } = media.camera.state.value;
  const isLive = status === "live";
  return (
    <BarButton
      icon={isLive ? Video : VideoOff}
      label={t(isLive ? "bar.stopVideo" : "bar.startVideo")}
      look={isLive ? "live" : "off"}
      shortcut="Alt+V"
      disabled={status === "starting"}
      onClick={() => void toggleCamera(media)}
    />
  );
}
