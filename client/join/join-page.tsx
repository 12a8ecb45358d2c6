import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { JoinView } from "../../server/protocol/api.ts";
import { isStaff } from "../../server/protocol/people.ts";
import { formatDate, formatNumber, formatTimeRange } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";
import type { MediaClient } from "../media/media-client.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { CameraPreview } from "./camera-preview.tsx";
import { DeviceSelects } from "./device-selects.tsx";
import { mediaWordsFrom } from "./media-words.ts";
import { NetworkCheck } from "./network-check.tsx";
import "./join.css";

interface JoinPageProps {
  join: JoinView;
  media: MediaClient;
  onJoin: (wanted: { isCameraOn: boolean; isMicrophoneOn: boolean }) => void;
}

/** One card before the class: who one is, what class it is, and that sound and picture work. One button. */
export function JoinPage({ join, media, onJoin }: JoinPageProps) {
  const hasAsked = useSignal(false);
  const ask = async () => {
    hasAsked.value = false;
    // One after the other: some systems refuse two questions at once.
    await media.camera.acquire();
    await media.microphone.acquire();
    await media.refreshDevices();
    hasAsked.value = true;
  };
  useEffect(() => {
    document.title = t("join.documentTitle", { title: join.info.title });
    void ask();
  }, []);
  const words = mediaWordsFrom({
    hasAsked: hasAsked.value,
    camera: media.camera.state.value,
    microphone: media.microphone.state.value,
    isSecure: isSecureContext,
  });
  return (
    <Page>
      <section class="card join-card" aria-labelledby="join-name">
        <Who join={join} />
        <div class="join-columns">
          <CameraPreview camera={media.camera} name={join.person.name} hasAsked={hasAsked.value} />
          <div class="join-choices">
            <DeviceSelects media={media} />
            <NetworkCheck linkId={join.linkId} />
          </div>
        </div>
        {words && (
          <Notice
            tone={words.tone}
            actions={words.canRetry && <Button onClick={() => void ask()}>{t("retry")}</Button>}
          >
            {t(words.key)}
          </Notice>
        )}
        <div class="join-go">
          <Button
            tone="primary"
            size="large"
            onClick={() => onJoin({ isCameraOn: media.camera.track.peek() !== null, isMicrophoneOn: false })}
          >
            {t("join.button")}
          </Button>
          <p class="soft small">{t("join.mutedHint")}</p>
        </div>
      </section>
    </Page>
  );
}

function Who({ join }: { join: JoinView }) {
  const { person, info, status } = join;
  const role = t(`role.${person.role}`);
  const statusKey =
    status === "open"
      ? "join.status.open"
      : isStaff(person.role)
        ? "join.status.scheduled.staff"
        : "join.status.scheduled";
  const first = info.slots[0];
  return (
    <header class="join-who">
      <div class="join-person">
        <p class="soft">{t("join.greeting")}</p>
        <h1 id="join-name">{person.name}</h1>
        <p>
          <span class="badge">{role}</span>{" "}
          {person.institution && <span class="soft">{person.institution}</span>}
        </p>
        <p class="soft small">{t("join.notYou")}</p>
      </div>
      <div class="join-class">
        <p class="soft small">
          {info.programme} · {info.unit}
        </p>
        <h2>{info.title}</h2>
        {first && <p class="small">{formatDate(first.startAt, info.timeZone)}</p>}
        <ul class="join-slots figures small" aria-label={t("join.slots")}>
          {info.slots.map((slot, index) => (
            <li key={slot.id}>
              {t("join.slot", {
                number: index + 1,
                time: formatTimeRange(slot.startAt, slot.endAt, info.timeZone),
                jp: formatNumber(slot.jp),
              })}
            </li>
          ))}
        </ul>
        <p class={status === "open" ? "badge badge-good join-status" : "badge badge-hand join-status"}>
          {t(statusKey)}
        </p>
      </div>
    </header>
  );
}
