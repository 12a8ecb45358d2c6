import { t } from "../admin-words.ts";

const KINDS = ["observed", "bridged", "outage", "held", "down", "none"] as const;
type Kind = (typeof KINDS)[number];

/** What the bars mean, in words beside the patterns; outages only where there was one. */
export function Legend({ hasOutages }: { hasOutages: boolean }) {
  const kinds = hasOutages ? KINDS : KINDS.filter((kind: Kind) => kind !== "outage" && kind !== "down");
  return (
    <ul class="legend" aria-label={t("legend.label")}>
      {kinds.map((kind) => (
        <li key={kind}>
          <span class="legend-mark" aria-hidden="true">
            <span class={`tl tl-${kind}`} />
          </span>
          {t(`legend.${kind}`)}
        </li>
      ))}
    </ul>
  );
}
