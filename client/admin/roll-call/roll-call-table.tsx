import type { MarkJson, RollCallJson } from "../../../server/protocol/api-rulings.ts";
import { rollCallText } from "../../roll-call/roll-call-words.ts";
import { canChange } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { STATUSES, type Status, statusOfKey } from "./slot-marks.ts";

type RolledPerson = RollCallJson["people"][number];

interface RollCallTableProps {
  readonly people: readonly RolledPerson[];
  readonly marks: ReadonlyMap<string, MarkJson>;
  readonly onMark: (person: RolledPerson, status: Status) => void;
}

/** A row a person, four buttons each; digits mark and go on to the next row. */
export function RollCallTable({ people, marks, onMark }: RollCallTableProps) {
  const handleKey = (event: KeyboardEvent, person: RolledPerson) => {
    const row = event.currentTarget;
    if (!(row instanceof HTMLElement) || !canChange.value) return;
    const status = statusOfKey(event);
    const step = status || event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    if (status) onMark(person, status);
    focusBeside(row, step);
  };
  return (
    <div class="table-scroll">
      <table class="table roll-call" aria-label={t("rollCall.title")}>
        <thead>
          <tr>
            <th scope="col">{t("rollCall.person")}</th>
            <th scope="col">{t("rollCall.mark")}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => {
            const mark = marks.get(person.enrolmentId);
            return (
              <tr key={person.enrolmentId} onKeyDown={(event) => handleKey(event, person)}>
                <th scope="row">
                  <span class="person-name">{person.name}</span>
                  <span class="row-note">
                    {[person.institution, person.externalId].filter(Boolean).join(" · ")}
                  </span>
                </th>
                <td>
                  {canChange.value ? (
                    <Marks person={person} mark={mark} onMark={onMark} />
                  ) : (
                    <span>{mark ? t(`mark.${mark.status}`) : t("admin.none")}</span>
                  )}
                  {mark?.by === "check-in" && <span class="soft small">{t("rollCall.checkedIn")}</span>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface MarksProps {
  readonly person: RolledPerson;
  readonly mark: MarkJson | undefined;
  readonly onMark: RollCallTableProps["onMark"];
}

function Marks({ person, mark, onMark }: MarksProps) {
  return (
    <fieldset class="roll-call-marks">
      <legend class="visually-hidden">{t("rollCall.markOf", { name: person.name })}</legend>
      {STATUSES.map((status) => (
        <button
          key={status}
          type="button"
          class={`chip mark-${status}`}
          aria-pressed={mark?.status === status}
          onClick={() => onMark(person, status)}
        >
          {rollCallText(`mark.${status}`)}
        </button>
      ))}
    </fieldset>
  );
}

/** The same button of the row before or after. */
function focusBeside(row: HTMLElement, step: 1 | -1): void {
  const buttons = [...row.querySelectorAll("button")];
  const focused = document.activeElement;
  const at = focused instanceof HTMLButtonElement ? Math.max(0, buttons.indexOf(focused)) : 0;
  const beside = step === 1 ? row.nextElementSibling : row.previousElementSibling;
  beside?.querySelectorAll("button")[at]?.focus();
}
