import { useEffect } from "preact/hooks";
import type { CheckInScreenJson } from "../../../server/protocol/api-rulings.ts";
import { QrCode } from "../../check-in-screen/qr-code.tsx";
import { formatTimeRange } from "../../i18n/format.ts";
import { Notice } from "../../ui/notice.tsx";
import { adminApi } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { useResource } from "../resource.ts";
import { Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";

/** After a failed request: soon enough that the code before is still good. */
const RETRY_MS = 3000;

/** For the hall's projector: a QR code that is another every 30 seconds. */
export function CheckInScreen({ id }: { id: string }) {
  const resource = useResource(id, () => adminApi.checkInScreen(id));
  const { data, failure, loadedAt, reload } = resource;
  useEffect(() => {
    if (data === null && failure === null) return;
    const timer = setTimeout(reload, failure || !data ? RETRY_MS : Math.max(250, data.changesInMs + 100));
    return () => clearTimeout(timer);
  }, [data, failure, loadedAt, reload]);
  return (
    <Loaded of={resource} title={t("checkIn.title")}>
      {(screen) => (
        <>
          <PageHead
            title={t("checkIn.title")}
            above={[{ title: screen.title, href: adminPath.session(id) }]}
            lead={t("checkIn.lead")}
          />
          <SlotNotice screen={screen} />
          <section class="card check-in-screen">
            <QrCode text={screen.url} label={t("checkIn.code")} />
            <p class="soft">{t("checkIn.how")}</p>
          </section>
        </>
      )}
    </Loaded>
  );
}

function SlotNotice({ screen }: { screen: CheckInScreenJson }) {
  const index = screen.slots.findIndex(({ id }) => id === screen.slotId);
  const slot = screen.slots[index];
  if (!slot) return <Notice tone="wait">{t("checkIn.noSlot")}</Notice>;
  const time = formatTimeRange(slot.startAt, slot.endAt, screen.timeZone);
  return <p class="figures">{t("checkIn.slot", { number: index + 1, time })}</p>;
}
