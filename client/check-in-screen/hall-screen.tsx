import "./hall-screen.css";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { CheckInScreenJson } from "../../server/protocol/api-rulings.ts";
import { fetchCheckInScreen } from "../http/join-api.ts";
import { enHallScreen } from "../i18n/en/hall-screen.ts";
import { formatClock, formatTimeRange } from "../i18n/format.ts";
import { idHallScreen } from "../i18n/id/hall-screen.ts";
import { t as common, errorText } from "../i18n/t.ts";
import { createTranslate } from "../i18n/translate.ts";
import { Button } from "../ui/button.tsx";
import { currentPath } from "../ui/location.ts";
import { Notice } from "../ui/notice.tsx";
import { PlainPage } from "../ui/page.tsx";
import { useNow } from "../ui/use-now.ts";
import { QrCode } from "./qr-code.tsx";

const t = createTranslate({ id: idHallScreen, en: enHallScreen });

/** Often enough that the count follows the hall, and that a code is never older than its time. */
const LOOK_MS = 4000;

/** `/class/:linkId/check-in-screen`: for the hall's projector, by the link of the session's own staff. */
export function HallScreen() {
  const linkId = decodeURIComponent(currentPath.value.split("/")[2] ?? "");
  const screen = useSignal<CheckInScreenJson | null>(null);
  const changesAt = useSignal(0);
  const failure = useSignal<string | null>(null);
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      const answer = await fetchCheckInScreen(linkId);
      if (isOver) return;
      if (answer.ok) {
        screen.value = answer.data;
        changesAt.value = Date.now() + answer.data.changesInMs;
      }
      failure.value = answer.ok ? null : errorText(answer.code);
      const restMs = answer.ok ? answer.data.changesInMs + 100 : LOOK_MS;
      timer = setTimeout(() => void look(), Math.min(LOOK_MS, Math.max(250, restMs)));
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [linkId]);
  if (screen.value === null) {
    return (
      <PlainPage title={t("title")}>
        {failure.value ? (
          <Notice tone="trouble">{failure.value}</Notice>
        ) : (
          <p class="soft">{common("loading")}</p>
        )}
      </PlainPage>
    );
  }
  return (
    <Shown
      linkId={linkId}
      screen={screen.value}
      changesAt={changesAt.value}
      isStale={failure.value !== null}
    />
  );
}

interface ShownProps {
  readonly linkId: string;
  readonly screen: CheckInScreenJson;
  /** By this browser's clock (epoch ms). */
  readonly changesAt: number;
  readonly isStale: boolean;
}

function Shown({ linkId, screen, changesAt, isStale }: ShownProps) {
  const now = useNow(1000);
  const index = screen.slots.findIndex(({ id }) => id === screen.slotId);
  const slot = screen.slots[index];
  const seconds = Math.max(0, Math.ceil((changesAt - now) / 1000));
  return (
    <main class="hall">
      <QrCode text={screen.url} label={t("code")} />
      <div class="hall-words">
        <h1>{screen.title}</h1>
        <p class="hall-clock figures">{formatClock(now, screen.timeZone)}</p>
        {slot ? (
          <>
            <p class="figures">
              {t("slot", {
                number: index + 1,
                time: formatTimeRange(slot.startAt, slot.endAt, screen.timeZone),
              })}
            </p>
            <p class="hall-count figures" role="status">
              {t("count", { present: screen.present, all: screen.people })}
            </p>
          </>
        ) : (
          <Notice tone="wait">{t("noSlot")}</Notice>
        )}
        <p>{t("how")}</p>
        <p class="soft small">{t("noPhone")}</p>
        {isStale ? (
          <Notice tone="trouble">{t("stale")}</Notice>
        ) : (
          <p class="soft small figures">{t("changes", { seconds })}</p>
        )}
        <div class="hall-actions">
          {document.fullscreenEnabled && (
            <Button onClick={() => void document.documentElement.requestFullscreen()}>
              {t("fullScreen")}
            </Button>
          )}
          <a class="button" href={`/class/${encodeURIComponent(linkId)}/roll-call`}>
            {t("rollCall")}
          </a>
        </div>
      </div>
    </main>
  );
}
