import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { JoinView } from "../../server/protocol/api.ts";
import { isStaff, type Person } from "../../server/protocol/people.ts";
import { formatDate, formatNumber, formatTimeRange } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";
import type { MediaClient } from "../media/media-client.ts";
import { JoinConsent } from "../recording/join-consent.tsx";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { CalendarLink } from "./calendar-link.tsx";
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
  const isCameraOn = media.camera.track.value !== null;
  return (
    <Page>
      <section class="card join-card" aria-labelledby="join-name">
        <div class="join-you">
          <WhoYouAre person={join.person} />
          <CameraPreview camera={media.camera} name={join.person.name} hasAsked={hasAsked.value} />
          <div class="join-go">
            <Button tone="primary" size="large" onClick={() => onJoin({ isCameraOn, isMicrophoneOn: false })}>
              {t("join.button")}
            </Button>
            <p class="soft small">{t("join.mutedHint")}</p>
          </div>
        </div>
        <div class="join-choices">
          <WhichClass join={join} />
          {join.recording && (
            <JoinConsent linkId={join.linkId} consent={join.consent} keptDays={join.recording.keptDays} />
          )}
          {words && (
            <Notice
              tone={words.tone}
              actions={words.canRetry && <Button onClick={() => void ask()}>{t("retry")}</Button>}
            >
              {t(words.key)}
            </Notice>
          )}
          <DeviceSelects media={media} />
          <NetworkCheck linkId={join.linkId} />
          {isStaff(join.person.role) && <PrepareCases linkId={join.linkId} />}
        </div>
      </section>
    </Page>
  );
}

function PrepareCases({ linkId }: { linkId: string }) {
  return (
    <div class="join-prepare">
      <p class="soft small">{t("cases.prepare.hint")}</p>
      <a class="button" href={`/class/${encodeURIComponent(linkId)}/cases`}>
        {t("cases.prepare")}
      </a>
    </div>
  );
}

function WhoYouAre({ person }: { person: Person }) {
  return (
    <header class="join-person">
      <p class="soft">{t("join.greeting")}</p>
      <h1 id="join-name">{person.name}</h1>
      <p class="join-role">
        <span class="badge">{t(`role.${person.role}`)}</span>
        {person.institution && <span class="soft">{person.institution}</span>}
      </p>
      <p class="soft small">{t("join.notYou")}</p>
    </header>
  );
}

function WhichClass({ join }: { join: JoinView }) {
  const { person, info, status } = join;
  const first = info.slots[0];
  const waitingKey = isStaff(person.role) ? "join.status.scheduled.staff" : "join.status.scheduled";
  return (
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
      <CalendarLink linkId={join.linkId} />
      <p class={`join-status ${status === "open" ? "join-status-open" : ""}`}>
        {t(status === "open" ? "join.status.open" : waitingKey)}
      </p>
    </div>
  );
}
