import { formatNumber } from "../../i18n/format.ts";
import { t } from "../admin-words.ts";

/** `7 dari 30 peserta`, with a bar. */
export function ResponseRate({ asked, answered }: { asked: number; answered: number }) {
  const share = asked === 0 ? 0 : Math.min(100, (answered / asked) * 100);
  return (
    <span class="survey-rate">
      <span class="survey-bar" aria-hidden="true">
        <span style={{ width: `${share}%` }} />
      </span>
      {t("surveys.rate", { answered: formatNumber(answered), asked: formatNumber(asked) })}
    </span>
  );
}
