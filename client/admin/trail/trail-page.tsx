import "./trail.css";
import { useSignal } from "@preact/signals";
import { Download } from "lucide";
import { useEffect } from "preact/hooks";
import type { TrailItem, TrailPage as TrailPageJson } from "../../../server/protocol/trail.ts";
import { formatClockSeconds, formatShortDate } from "../../i18n/format.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Notice } from "../../ui/notice.tsx";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { programmes } from "../current-choice.ts";
import { isMatching } from "../matching.ts";
import { FilterChips } from "../shell/filter-chips.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { SearchField } from "../shell/search-field.tsx";
import { trailSentence } from "./trail-words.ts";

const KINDS = ["all", "change", "read", "file", "access", "refusal"] as const;
const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const NOTHING: TrailPageJson = { items: [], names: {}, nextCursor: null };

/** Who saw or changed what, the newest first, in sentences. */
export function TrailPage() {
  const kind = useSignal<(typeof KINDS)[number]>("all");
  const programme = useSignal("");
  const query = useSignal("");
  const shown = useSignal<TrailPageJson | null>(null);
  const problem = useSignal<string | null>(null);
  const filter = new URLSearchParams({
    ...(kind.value === "all" ? {} : { kind: kind.value }),
    ...(programme.value === "" ? {} : { programme: programme.value }),
  }).toString();

  useEffect(() => {
    let isOver = false;
    shown.value = null;
    adminApi.trail(filter, null).then((answer) => {
      if (isOver) return;
      shown.value = answer.ok ? answer.data : NOTHING;
      problem.value = answer.ok ? null : errorText(answer.code);
    });
    return () => {
      isOver = true;
    };
  }, [filter]);

  const showMore = async () => {
    const before = shown.value;
    if (!before) return;
    const answer = await adminApi.trail(filter, before.nextCursor);
    if (shown.value !== before) return;
    problem.value = answer.ok ? null : errorText(answer.code);
    if (!answer.ok) return;
    const { items, names, nextCursor } = answer.data;
    shown.value = { items: [...before.items, ...items], names: { ...before.names, ...names }, nextCursor };
  };

  return (
    <>
      <PageHead
        title={t("trail.title")}
        lead={t("trail.lead")}
        actions={
          <a class="button" href={adminApi.trailFile(filter)} download="jejak.csv">
            <Icon of={Download} />
            {t("trail.csv")}
          </a>
        }
      />
      <div class="toolbar">
        <FilterChips
          label={t("trail.filter")}
          chosen={kind.value}
          onChoose={(chosen) => {
            kind.value = chosen;
          }}
          chips={KINDS.map((key) => ({ key, title: t(`trail.filter.${key}`) }))}
        />
        <select
          class="input trail-scope"
          aria-label={t("trail.scope")}
          value={programme.value}
          onChange={(event) => {
            programme.value = event.currentTarget.value;
          }}
        >
          <option value="">{t("trail.scope.all")}</option>
          {(programmes.value ?? []).map(({ id, code, title }) => (
            <option key={id} value={id}>
              {code} · {title}
            </option>
          ))}
        </select>
        <SearchField
          label={t("trail.search")}
          value={query.value}
          onValue={(value) => {
            query.value = value;
          }}
        />
      </div>
      {problem.value && <Notice tone="trouble">{problem.value}</Notice>}
      {shown.value === null ? (
        <p class="loading soft" role="status">
          {t("loading")}
        </p>
      ) : (
        <Entries page={shown.value} query={query.value} onMore={showMore} />
      )}
    </>
  );
}

function Entries(props: { page: TrailPageJson; query: string; onMore: () => Promise<void> }) {
  const { page, query, onMore } = props;
  const rows = page.items
    .map((item) => ({ item, sentence: trailSentence(item, page.names), place: placeOf(item, page.names) }))
    .filter(({ sentence: { who, did, about, added }, place }) =>
      isMatching(query, [who, did, about, added, ...place]),
    );
  if (rows.length === 0 && page.nextCursor === null) {
    return <p class="card table-empty">{t(query.trim() === "" ? "trail.empty" : "trail.noMatch")}</p>;
  }
  return (
    <>
      {rows.length === 0 ? (
        <p class="card table-empty">{t("trail.noMatch")}</p>
      ) : (
        <div class="table-scroll">
          <table class="table trail-table">
            <thead>
              <tr>
                <th scope="col">{t("trail.when")}</th>
                <th scope="col">{t("trail.what")}</th>
                <th scope="col" class="trail-where">
                  {t("trail.where")}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ item, sentence, place }) => (
                <tr key={item.seq}>
                  <td class="figures trail-when">
                    {formatShortDate(item.at, localZone)}
                    <span class="soft">{formatClockSeconds(item.at, localZone)}</span>
                  </td>
                  <td>
                    <strong>{sentence.who}</strong> {sentence.did}
                    {sentence.about && ` ${sentence.about}`}
                    {sentence.added && <span class="trail-added soft small">{sentence.added}</span>}
                    {place.length > 0 && <span class="trail-place soft small">{place.join(" · ")}</span>}
                  </td>
                  <td class="trail-where soft">{place.join(" · ") || t("admin.none")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div class="trail-more">
        {page.nextCursor === null ? (
          <span class="soft small">{t("trail.end")}</span>
        ) : (
          <Button onClick={onMore}>{t("trail.more")}</Button>
        )}
      </div>
    </>
  );
}

function placeOf({ programmeId, sessionId }: TrailItem, names: TrailPageJson["names"]): string[] {
  return [programmeId, sessionId].flatMap((id) => (id === null ? [] : [names[id] ?? id]));
}
