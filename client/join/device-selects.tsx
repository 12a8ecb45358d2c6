import { useSignal } from "@preact/signals";
import { Volume2 } from "lucide";
import { useEffect, useId } from "preact/hooks";
import { t } from "../i18n/t.ts";
import type { DeviceChoice } from "../media/device-list.ts";
import type { LocalDevice } from "../media/local-device.ts";
import type { MediaClient } from "../media/media-client.ts";
import { playSpeakerTest } from "../media/speaker-test.ts";
import { Button } from "../ui/button.tsx";
import { LevelMeter } from "./level-meter.tsx";

/** Camera, microphone with its level, speaker with a test: before joining and in the class. */
export function DeviceSelects({ media }: { media: MediaClient }) {
  const { cameras, microphones } = media.devices.value;
  useEffect(() => void media.refreshDevices(), [media]);
  return (
    <div class="devices">
      <InputSelect label={t("join.camera")} choices={cameras} device={media.camera} />
      <div class="field">
        <InputSelect label={t("join.microphone")} choices={microphones} device={media.microphone} />
        {media.microphone.track.value && <LevelMeter track={media.microphone.track.value} />}
      </div>
      <SpeakerSelect media={media} />
    </div>
  );
}

function InputSelect(props: { label: string; choices: readonly DeviceChoice[]; device: LocalDevice }) {
  const { label, choices, device } = props;
  const inUse = device.track.value?.getSettings().deviceId;
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      <select
        class="input"
        disabled={choices.length === 0}
        value={inUse ?? device.deviceId.value ?? ""}
        onChange={(event) => void device.useDevice(event.currentTarget.value || null)}
      >
        {choices.length === 0 && <option value="">{t("join.device.none")}</option>}
        {choices.map((choice, index) => (
          <option key={choice.deviceId} value={choice.deviceId}>
            {choice.label || t("join.device.unnamed", { kind: label, number: index + 1 })}
          </option>
        ))}
      </select>
    </label>
  );
}

function SpeakerSelect({ media }: { media: MediaClient }) {
  const state = useSignal<"idle" | "playing" | "played">("idle");
  const { speakers } = media.devices.value;
  const test = async () => {
    state.value = "playing";
    try {
      await playSpeakerTest(media.speakerId.peek());
    } finally {
      state.value = "played";
    }
  };
  const id = useId();
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {t("join.speaker")}
      </label>
      <div class="speaker-choice">
        <select
          id={id}
          class="input"
          disabled={speakers.length === 0}
          value={media.speakerId.value}
          onChange={(event) => void media.useSpeaker(event.currentTarget.value)}
        >
          <option value="">{t("join.speaker.default")}</option>
          {speakers
            .filter(({ deviceId }) => deviceId !== "default")
            .map((choice, index) => (
              <option key={choice.deviceId} value={choice.deviceId}>
                {choice.label || t("join.device.unnamed", { kind: t("join.speaker"), number: index + 1 })}
              </option>
            ))}
        </select>
        <Button icon={Volume2} disabled={state.value === "playing"} onClick={() => void test()}>
          {t(state.value === "playing" ? "join.speaker.playing" : "join.speaker.test")}
        </Button>
      </div>
      <span class="field-hint" aria-live="polite">
        {state.value === "played" && t("join.speaker.asked")}
      </span>
    </div>
  );
}
