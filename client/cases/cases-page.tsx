import "./cases.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { JoinView } from "../../server/protocol/api.ts";
import type { Preparation, SavedCase, SavedGroupPlan } from "../../server/protocol/case-work.ts";
import { type DeckItem, fetchDecks } from "../class/slides/slides-api.ts";
import { fetchJoinView } from "../http/join-api.ts";
import type { Answer } from "../http/request-json.ts";
import { errorText, t } from "../i18n/t.ts";
import { Button } from "../ui/button.tsx";
import { currentPath, navigate } from "../ui/location.ts";
import { Notice } from "../ui/notice.tsx";
import { Page, PlainPage } from "../ui/page.tsx";
import { Toasts } from "../ui/toasts.tsx";
import { type CaseApi, caseApi, type LastGroups } from "./case-api.ts";
import { CaseEditor } from "./case-editor.tsx";
import { CaseList } from "./case-list.tsx";
import { caseText } from "./case-words.ts";
import { PlanEditor } from "./plan-editor.tsx";
import { PlanList } from "./plan-list.tsx";

export interface Prepared {
  readonly join: JoinView;
  readonly preparation: Preparation;
  readonly cases: readonly SavedCase[];
  readonly plans: readonly SavedGroupPlan[];
  readonly decks: readonly DeckItem[];
  readonly last: LastGroups;
}

/** `/class/:linkId/cases`: what an instructor makes ready before breakout rooms, and one thing of it under its id. */
export function CasesPage() {
  const [, , linkPart = "", , item = null] = currentPath.value.split("/");
  const linkId = decodeURIComponent(linkPart);
  const api = useMemo(() => caseApi(linkId), [linkId]);
  const [loaded, setLoaded] = useState<Prepared | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const load = async () => {
    setFailure(null);
    const answer = await loadPrepared(linkId, api);
    if (answer.ok) setLoaded(answer.data);
    else setFailure(errorText(answer.code));
  };
  useEffect(() => void load(), [linkId]);
  useEffect(() => {
    document.title = `${caseText("title")} · Balai`;
  });
  if (loaded) return <Shown key={item ?? "list"} {...{ linkId, api, item, loaded, setLoaded }} />;
  return (
    <PlainPage title={caseText("title")}>
      {failure ? (
        <>
          <Notice tone="trouble">{failure}</Notice>
          <Button tone="primary" onClick={load}>
            {t("retry")}
          </Button>
        </>
      ) : (
        <p class="soft">{t("loading")}</p>
      )}
    </PlainPage>
  );
}

interface ShownProps {
  readonly linkId: string;
  readonly api: CaseApi;
  readonly item: string | null;
  readonly loaded: Prepared;
  readonly setLoaded: (change: (now: Prepared | null) => Prepared | null) => void;
}

function Shown({ linkId, api, item, loaded, setLoaded }: ShownProps) {
  const path = `/class/${encodeURIComponent(linkId)}`;
  const { join, preparation, cases, plans, decks, last } = loaded;
  const { timeZone } = join.info;
  const change = (part: Partial<Prepared>) => setLoaded((now) => now && { ...now, ...part });
  const back = () => navigate(`${path}/cases`);
  const work = cases.find(({ caseId }) => caseId === item) ?? null;
  const isNew = item === "new" || item === "example";
  const plan = plans.find(({ planId }) => planId === item) ?? null;
  const isNewPlan = item === "new-plan" || item === "like-last";
  return (
    <Page>
      <div class="cases">
        {item === null ? (
          <>
            <header class="cases-head">
              <div>
                <p class="soft small">{join.info.title}</p>
                <h1>{caseText("title")}</h1>
                <p class="soft">{caseText("lead")}</p>
              </div>
              <div class="part-actions">
                <a class="button" href={`${path}/group-work`}>
                  {caseText("work.title")}
                </a>
                <a class="button" href={path}>
                  {caseText("back")}
                </a>
              </div>
            </header>
            <CaseList {...{ linkId, api, cases }} sessions={preparation.sessions} onChange={change} />
            <PlanList {...{ linkId, api, plans, last }} sessions={preparation.sessions} onChange={change} />
          </>
        ) : isNew || work ? (
          <CaseEditor
            {...{ linkId, api, work, decks }}
            isExample={item === "example"}
            assignments={preparation.assignments}
            timeZone={timeZone}
            onLeave={back}
            onSaved={(saved) => {
              // The address is the case's own from now on; the form stays as it is.
              if (!work) history.replaceState(null, "", `${path}/cases/${saved.caseId}`);
              setLoaded(
                (now) => now && { ...now, cases: withItem(now.cases, saved, ({ caseId }) => caseId) },
              );
            }}
          />
        ) : isNewPlan || plan ? (
          <PlanEditor
            {...{ linkId, api, plan, cases, timeZone }}
            last={item === "like-last" ? last : null}
            people={preparation.people}
            onLeave={back}
            onSaved={(saved) => {
              if (!plan) history.replaceState(null, "", `${path}/cases/${saved.planId}`);
              setLoaded(
                (now) => now && { ...now, plans: withItem(now.plans, saved, ({ planId }) => planId) },
              );
            }}
          />
        ) : (
          <Notice tone="trouble" actions={<Button onClick={back}>{caseText("edit.back")}</Button>}>
            {caseText("edit.gone")}
          </Notice>
        )}
      </div>
      <Toasts />
    </Page>
  );
}

/** The list with this item in the place of its former self, or at the end. */
function withItem<Item>(items: readonly Item[], item: Item, idOf: (item: Item) => string): readonly Item[] {
  const at = items.findIndex((one) => idOf(one) === idOf(item));
  return at < 0 ? [...items, item] : items.with(at, item);
}

async function loadPrepared(linkId: string, api: CaseApi): Promise<Answer<Prepared>> {
  const [join, preparation, cases, plans, decks, last] = await Promise.all([
    fetchJoinView(linkId),
    api.preparation(),
    api.cases(),
    api.plans(),
    fetchDecks(linkId),
    api.lastGroups(),
  ]);
  for (const answer of [join, preparation, cases, plans, decks, last]) if (!answer.ok) return answer;
  if (!join.ok || !preparation.ok || !cases.ok || !plans.ok || !decks.ok || !last.ok)
    return { ok: false, code: "internal" };
  return {
    ok: true,
    data: {
      join: join.data,
      preparation: preparation.data,
      cases: cases.data.items,
      plans: plans.data.items,
      decks: decks.data.items,
      last: last.data,
    },
  };
}
