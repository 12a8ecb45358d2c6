import { useSignal } from "@preact/signals";
import { Link2, RotateCw } from "lucide";
import { useEffect } from "preact/hooks";
import type { SessionDetail } from "../../../server/protocol/api-records.ts";
import { DISPUTE_PERIOD_MS } from "../../../server/protocol/disputes.ts";
import { formatDate, formatNumber } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { adminApi, canChange, type Enrolment, type Link, type Staff } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { isMatching } from "../matching.ts";
import { allOf, useResource } from "../resource.ts";
import { ForAdmins } from "../shell/for-admins.tsx";
import { Loaded } from "../shell/loaded.tsx";
import { SearchField } from "../shell/search-field.tsx";
import { ChooseBar } from "./choose-bar.tsx";
import { type Invitee, inviteesFrom, type LinkRow, linkRowsFrom } from "./link-rows.ts";
import { LinkTable } from "./link-table.tsx";
import { isUnsaved, type LinkMaking, madeLinksOf, makeLinks } from "./made-links.ts";
import { ReadyLinks } from "./ready-links.tsx";
import { RevokeLinksDialog } from "./revoke-links-dialog.tsx";
import { lastEndAt } from "./session-order.ts";

const LINK_GRACE_MS = 24 * 3_600_000;

/** Everybody's personal link to a session: making, sharing and withdrawing them. */
export function LinksSection(props: { session: SessionDetail; isNext: boolean; now: number }) {
  const { session, isNext, now } = props;
  const code = session.programme.code;
  const resource = useResource(session.id, async () =>
    allOf<[readonly Staff[], readonly Enrolment[], readonly Link[]]>(
      await Promise.all([adminApi.staff(code), adminApi.enrolments(code), adminApi.links(session.id)]),
    ),
  );
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (isUnsaved.peek()) event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, []);
  return (
    <section class="links" aria-labelledby="links-title">
      <div>
        <h2 id="links-title" class="section-title">
          {t("links.title")}
        </h2>
        <p class="soft">{t("links.lead")}</p>
      </div>
      <Loaded of={resource}>
        {([staff, roster, links]) => (
          <ShownLinks
            session={session}
            isNext={isNext}
            isOver={lastEndAt(session) + DISPUTE_PERIOD_MS <= now}
            isLate={lastEndAt(session) + LINK_GRACE_MS <= now}
            rows={linkRowsFrom(inviteesFrom(staff, roster, session.group), links, now)}
            onChange={resource.reload}
          />
        )}
      </Loaded>
    </section>
  );
}

interface ShownLinksProps {
  readonly session: SessionDetail;
  /** Sending links is what comes next: the class is still to come, or on. */
  readonly isNext: boolean;
  readonly isOver: boolean;
  /** The session ended more than 24 hours ago: a link made now is for looking and disputing. */
  readonly isLate: boolean;
  readonly rows: readonly LinkRow[];
  readonly onChange: () => Promise<void>;
}

function ShownLinks({ session, isNext, isOver, isLate, rows, onChange }: ShownLinksProps) {
  const query = useSignal("");
  const progress = useSignal<{ done: number; total: number } | null>(null);
  const isStopped = useSignal(false);
  const outcome = useSignal<LinkMaking | null>(null);
  const isAskingRemake = useSignal(false);
  const chosenIds = useSignal<ReadonlySet<string>>(new Set());
  const revoking = useSignal<readonly LinkRow[]>([]);
  const made = madeLinksOf(session.id);
  const missing = rows.filter((row) => row.state !== "active");
  const make = async (people: readonly Invitee[]) => {
    outcome.value = null;
    isStopped.value = false;
    progress.value = { done: 0, total: people.length };
    outcome.value = await makeLinks(
      session.id,
      people,
      (done) => {
        progress.value = { done, total: people.length };
      },
      () => isStopped.value,
    );
    progress.value = null;
    chosenIds.value = new Set();
    await onChange();
  };
  if (rows.length === 0) return <Notice tone="wait">{t("links.nobody")}</Notice>;
  const shown = rows.filter((row) => isMatching(query.value, [row.name, row.externalId, row.institution]));
  const chosen = rows.filter(({ id }) => chosenIds.value.has(id));
  const choose = (people: readonly LinkRow[]) => {
    chosenIds.value = new Set(people.map(({ id }) => id));
  };
  return (
    <>
      {isOver && <Notice>{t("links.over")}</Notice>}
      {isLate && !isOver && (
        <Notice>
          {t("links.late", { date: formatDate(lastEndAt(session) + DISPUTE_PERIOD_MS, session.timeZone) })}
        </Notice>
      )}
      {made.size > 0 && <ReadyLinks session={session} rows={rows} made={made} />}
      {outcome.value && outcome.value.failed > 0 && (
        <Notice tone="trouble">
          {t("links.failed", { count: outcome.value.failed, reason: outcome.value.reason ?? "" })}
        </Notice>
      )}
      <div class="toolbar">
        <SearchField
          label={t("links.search")}
          value={query.value}
          onValue={(value) => {
            query.value = value;
          }}
        />
        {progress.value ? (
          <span class="toolbar-end figures" role="status">
            {t("links.making", progress.value)}{" "}
            <Button
              onClick={() => {
                isStopped.value = true;
              }}
            >
              {t("links.stop")}
            </Button>
          </span>
        ) : (
          canChange.value &&
          !isOver && (
            <span class="toolbar-end">
              {missing.length > 0 ? (
                <Button tone={isNext ? "primary" : "plain"} icon={Link2} onClick={() => make(missing)}>
                  {t("links.makeAll", { count: formatNumber(missing.length) })}
                </Button>
              ) : (
                <Button
                  icon={RotateCw}
                  onClick={() => {
                    isAskingRemake.value = true;
                  }}
                >
                  {t("links.remake")}
                </Button>
              )}
            </span>
          )
        )}
      </div>
      <ForAdmins>
        <ChooseBar
          shown={shown}
          chosen={chosen}
          canMake={!isOver}
          isBusy={progress.value !== null}
          onChoose={choose}
          onMake={() => make(chosen)}
          onRevoke={() => {
            revoking.value = chosen.filter(({ state }) => state === "active");
          }}
        />
      </ForAdmins>
      <LinkTable
        session={session}
        rows={shown}
        made={made}
        chosen={chosenIds.value}
        isOver={isOver || progress.value !== null}
        onChoose={({ id }) => {
          const next = new Set(chosenIds.peek());
          if (!next.delete(id)) next.add(id);
          chosenIds.value = next;
        }}
        onMake={(person) => make([person])}
        onRevoke={(row) => {
          revoking.value = [row];
        }}
      />
      {revoking.value.length > 0 && (
        <RevokeLinksDialog
          sessionId={session.id}
          rows={revoking.value}
          isEverybody={chosen.length === rows.length && revoking.value.length > 1}
          onClose={() => {
            revoking.value = [];
          }}
          onChange={async () => {
            choose([]);
            await onChange();
          }}
        />
      )}
      {isAskingRemake.value && (
        <RemakeDialog
          count={rows.length}
          onClose={() => {
            isAskingRemake.value = false;
          }}
          onConfirm={() => {
            isAskingRemake.value = false;
            make(rows);
          }}
        />
      )}
    </>
  );
}

function RemakeDialog(props: { count: number; onClose: () => void; onConfirm: () => void }) {
  return (
    <Dialog
      title={t("links.remake.title")}
      onClose={props.onClose}
      foot={
        <>
          <Button onClick={props.onClose}>{t("cancel")}</Button>
          <Button tone="primary" onClick={props.onConfirm}>
            {t("links.remake")}
          </Button>
        </>
      }
    >
      <p>{t("links.remake.text", { count: props.count })}</p>
    </Dialog>
  );
}
