import { Speech, X } from "lucide";
import type { HandView } from "../../../server/protocol/views.ts";
import { formatTimer } from "../../i18n/format.ts";
import { t } from "../../i18n/t.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { useNow } from "../../ui/use-now.ts";
import { useClassroom } from "../classroom-context.ts";

/** The queue as everybody sees it; staff call on the first with one click. */
export function HandQueue() {
  const { hands: queue, isStaff, act, connection } = useClassroom();
  const now = useNow(1_000, connection.now);
  const hands = queue.value;
  if (hands.length === 0 && !isStaff.value) return null;
  const firstWaiting = hands.find((hand) => hand.calledAt === null);
  return (
    <section class="panel-section" aria-label={t("hands.title")}>
      <div class="panel-section-head">
        <h2>{t("hands.title")}</h2>
        {isStaff.value && hands.length > 1 && (
          <Button tone="quiet" onClick={() => void act("hands.clear", {})}>
            {t("hands.lowerAll")}
          </Button>
        )}
      </div>
      {hands.length === 0 && <p class="panel-empty">{t("hands.empty")}</p>}
      <ol>
        {hands.map((hand, index) => (
          <HandRow
            key={hand.personId}
            hand={hand}
            number={index + 1}
            isNext={hand === firstWaiting}
            now={now}
          />
        ))}
      </ol>
    </section>
  );
}

function HandRow(props: { hand: HandView; number: number; isNext: boolean; now: number }) {
  const { hand, number, isNext, now } = props;
  const { view, isStaff, act } = useClassroom();
  const person = view.value.people.get(hand.personId);
  if (!person) return null;
  const { personId, name, institution } = person;
  const isCalled = hand.calledAt !== null;
  const state = isCalled ? t("hands.called") : t("hands.waiting", { time: formatTimer(now - hand.raisedAt) });
  const call = () => void act("hand.call", { personId });
  const callName = t("hands.call.first", { name });
  return (
    <li class={isCalled ? "hand-row hand-row-called" : "hand-row"}>
      <span class="hand-row-number figures">{number}</span>
      <span class="person-words" title={[name, institution].filter(Boolean).join("\n")}>
        <span class="person-name">{name}</span>
        <small class="one-line figures">{[state, institution].filter(Boolean).join(" · ")}</small>
      </span>
      {isStaff.value && (
        <span class="hand-row-actions">
          {!isCalled && !isNext && <IconButton icon={Speech} label={callName} onClick={call} />}
          <IconButton
            icon={X}
            label={t("hands.lower", { name })}
            onClick={() => void act("hand.lower", { personId })}
          />
        </span>
      )}
      {isStaff.value && isNext && (
        <Button tone="primary" icon={Speech} aria-label={callName} onClick={call}>
          {t("hands.call")}
        </Button>
      )}
    </li>
  );
}
