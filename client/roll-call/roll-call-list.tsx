import type { MarkJson, RollCallJson } from "../../server/protocol/api-rulings.ts";
import { formatTime } from "../i18n/format.ts";
import { rollCallText } from "./roll-call-words.ts";
import type { ShownMark } from "./shown-marks.ts";

const STATUSES = ["present", "excused", "sick", "absent"] as const;

interface RollCallListProps {
  readonly people: RollCallJson["people"];
  readonly shown: ReadonlyMap<string, ShownMark>;
  readonly timeZone: string;
  readonly onMark: (enrolmentId: string, status: MarkJson["status"]) => void;
}

/** A name and four large buttons each. */
export function RollCallList({ people, shown, timeZone, onMark }: RollCallListProps) {
  return (
    <ul class="roll-list">
      {people.map(({ enrolmentId, name, institution }) => {
        const mark = shown.get(enrolmentId);
        return (
          <li key={enrolmentId} class="roll-person">
            <div>
              <span class="roll-name">{name}</span>
              <span class="soft small roll-note">
                {[institution, ...notesFrom(mark, timeZone)].filter(Boolean).join(" · ")}
              </span>
            </div>
            <fieldset class="roll-marks">
              <legend class="visually-hidden">{rollCallText("markOf", { name })}</legend>
              {STATUSES.map((status) => (
                <button
                  key={status}
                  type="button"
                  class={`button roll-mark roll-mark-${status}`}
                  aria-pressed={mark?.status === status}
                  onClick={() => onMark(enrolmentId, status)}
                >
                  {rollCallText(`mark.${status}`)}
                </button>
              ))}
            </fieldset>
          </li>
        );
      })}
    </ul>
  );
}

function notesFrom(mark: ShownMark | undefined, timeZone: string): readonly string[] {
  if (!mark) return [];
  return [
    ...(mark.isCheckIn ? [rollCallText("checkedIn")] : []),
    ...(mark.isPending ? [rollCallText("pending")] : []),
    ...(mark.changedAt === null
      ? []
      : [rollCallText("changed", { time: formatTime(mark.changedAt, timeZone) })]),
  ];
}
