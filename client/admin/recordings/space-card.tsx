import { useEffect, useState } from "preact/hooks";
import type { RecordingSpace } from "../../../server/protocol/recording-office.ts";
import { formatBytes, formatNumber, formatShortDate } from "../../i18n/format.ts";
import { Notice } from "../../ui/notice.tsx";
import { adminApi } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { AdminLink } from "../shell/admin-link.tsx";

/** What room recordings have, and whether it is enough for what is planned. Another `turn` asks again. */
export function SpaceCard({ turn }: { turn: number }) {
  const [space, setSpace] = useState<RecordingSpace | null>(null);
  useEffect(() => {
    let isOver = false;
    adminApi.recordingSpace().then((answer) => {
      if (!isOver && answer.ok) setSpace(answer.data);
    });
    return () => {
      isOver = true;
    };
  }, [turn]);
  if (!space) return null;
  const { usedBytes, leftBytes, budgetBytes, bytesPerHour, measuredHours, hoursLeft } = space;
  return (
    <section class="card panel space-card">
      <h2 class="panel-title">{t("space.title")}</h2>
      <dl class="space-figures">
        <div>
          <dt>{t("space.used")}</dt>
          <dd class="figures">{formatBytes(usedBytes)}</dd>
        </div>
        <div>
          <dt>{t("space.left")}</dt>
          <dd class="figures">{formatBytes(leftBytes)}</dd>
          <dd class="soft small">
            {budgetBytes === null
              ? t("space.left.disk")
              : t("space.left.budget", { budget: formatBytes(budgetBytes) })}
          </dd>
        </div>
        <div>
          <dt>{t("space.perHour")}</dt>
          <dd class="figures">{formatBytes(bytesPerHour)}</dd>
          <dd class="soft small">
            {measuredHours > 0
              ? t("space.perHour.measured", { hours: formatNumber(measuredHours, 1) })
              : t("space.perHour.guessed")}
          </dd>
        </div>
        <div>
          <dt>{t("space.hours")}</dt>
          <dd class="figures">
            {t("space.hours.value", { hours: formatNumber(hoursLeft, hoursLeft < 10 ? 1 : 0) })}
          </dd>
        </div>
      </dl>
      <Forecast space={space} />
    </section>
  );
}

function Forecast({ space: { planned, short, shortCount } }: { space: RecordingSpace }) {
  if (shortCount === 0) {
    const hours = formatNumber(planned.hours, 1);
    return (
      <p class="soft">
        {planned.sessions === 0
          ? t("space.enough.none")
          : t("space.enough", { count: planned.sessions, hours })}
      </p>
    );
  }
  return (
    <Notice tone="trouble">
      <strong>{t("space.short", { count: shortCount, all: planned.sessions })}</strong>
      <ul class="space-short">
        {short.map(({ sessionId, title, startAt, timeZone, missingBytes }) => (
          <li key={sessionId}>
            <AdminLink href={adminPath.session(sessionId)}>
              {t("space.short.one", {
                title,
                date: formatShortDate(startAt, timeZone),
                missing: formatBytes(missingBytes),
              })}
            </AdminLink>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
