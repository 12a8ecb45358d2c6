import { Plus, Shuffle, Trash } from "lucide";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Preparation } from "../../server/protocol/case-work.ts";
import type { EnrolmentId } from "../../server/protocol/ids.ts";
import { isMatching } from "../admin/matching.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import type { Problems } from "./case-problems.ts";
import { caseText } from "./case-words.ts";
import { LineField } from "./form-field.tsx";
import { replaced, without } from "./list-edits.ts";
import { type GroupDraft, newGroup, placed, sharedOut } from "./plan-draft.ts";

const MOST_GROUPS = 100;
type Person = Preparation["people"][number];

interface GroupBoardProps {
  readonly groups: readonly GroupDraft[];
  readonly people: readonly Person[];
  readonly problems: Problems;
  readonly onGroups: (groups: readonly GroupDraft[]) => void;
}

/** Groups by list: a name is dragged into a group, or sent there with its select. */
export function GroupBoard({ groups, people, problems, onGroups }: GroupBoardProps) {
  const [query, setQuery] = useState("");
  const inGroups = new Set(groups.flatMap(({ enrolmentIds }) => enrolmentIds));
  const rest = people.filter(({ enrolmentId }) => !inGroups.has(enrolmentId));
  const known = new Map(people.map((person) => [person.enrolmentId, person]));
  const goneCount = [...inGroups].filter((id) => !known.has(id)).length;
  const shown = rest.filter(({ name, institution, externalId }) =>
    isMatching(query, [name, institution, externalId]),
  );
  const move = (enrolmentId: EnrolmentId, groupId: string | null) =>
    onGroups(placed(groups, enrolmentId, groupId));
  const box = { groups, onMove: move, isKnown: (id: string) => known.has(id as EnrolmentId) };
  return (
    <section class="card case-part" aria-labelledby="board-title">
      <div class="part-head">
        <h2 id="board-title">{caseText("groups.title")}</h2>
        <div class="part-actions">
          <Button
            icon={Shuffle}
            disabled={rest.length === 0 || groups.length === 0}
            onClick={() =>
              onGroups(
                sharedOut(
                  groups,
                  rest.map(({ enrolmentId }) => enrolmentId),
                ),
              )
            }
          >
            {caseText("groups.share")}
          </Button>
          <Button
            icon={Plus}
            disabled={groups.length >= MOST_GROUPS}
            onClick={() =>
              onGroups([...groups, newGroup(caseText("groups.default", { number: groups.length + 1 }))])
            }
          >
            {caseText("groups.add")}
          </Button>
        </div>
      </div>
      <p class="soft small">{caseText("groups.drag")}</p>
      {problems.get("groups") && <p class="field-error">{problems.get("groups")}</p>}
      {goneCount > 0 && <Notice tone="wait">{caseText("groups.gone", { count: goneCount })}</Notice>}
      <div class="group-board">
        <Box title={caseText("groups.rest")} groupId={null} count={rest.length} {...box}>
          {rest.length === 0 ? (
            <p class="soft small">{caseText("groups.rest.none")}</p>
          ) : (
            <input
              class="input"
              type="search"
              aria-label={caseText("groups.search")}
              placeholder={caseText("groups.search")}
              value={query}
              onInput={(event) => setQuery(event.currentTarget.value)}
            />
          )}
          <People people={shown} groupId={null} groups={groups} onMove={move} />
        </Box>
        <div class="group-boxes">
          {groups.map((group, at) => (
            <Box
              key={group.groupId}
              title={group.title}
              groupId={group.groupId}
              count={group.enrolmentIds.length}
              {...box}
            >
              <div class="group-head">
                <LineField
                  label={caseText("groups.name", { number: at + 1 })}
                  value={group.title}
                  error={problems.get(`groups.${at}.title`)}
                  onValue={(title) => onGroups(replaced(groups, at, { ...group, title }))}
                />
                <IconButton
                  icon={Trash}
                  label={caseText("groups.take", { group: group.title })}
                  onClick={() => onGroups(without(groups, at))}
                />
              </div>
              <People
                people={group.enrolmentIds.flatMap((id) => known.get(id) ?? [])}
                groupId={group.groupId}
                groups={groups}
                onMove={move}
              />
            </Box>
          ))}
        </div>
      </div>
    </section>
  );
}

interface BoxProps {
  readonly title: string;
  readonly groupId: string | null;
  readonly count: number;
  readonly onMove: (enrolmentId: EnrolmentId, groupId: string | null) => void;
  readonly isKnown: (id: string) => boolean;
  readonly children: ComponentChildren;
}

function Box({ title, groupId, count, onMove, isKnown, children }: BoxProps) {
  const [isOver, setOver] = useState(false);
  return (
    <section
      class={isOver ? "group-box group-box-over" : "group-box"}
      aria-label={title}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const id = event.dataTransfer?.getData("text/plain") ?? "";
        if (isKnown(id)) onMove(id as EnrolmentId, groupId);
      }}
    >
      {groupId === null && <h3 class="group-rest">{title}</h3>}
      <p class="soft small figures">{caseText("groups.count", { count })}</p>
      {children}
    </section>
  );
}

function People(props: {
  people: readonly Person[];
  groupId: string | null;
  groups: readonly GroupDraft[];
  onMove: (enrolmentId: EnrolmentId, groupId: string | null) => void;
}) {
  const { people, groupId, groups, onMove } = props;
  return (
    <ul class="group-people">
      {people.map(({ enrolmentId, name, institution }) => (
        <li
          key={enrolmentId}
          class="group-person"
          draggable
          onDragStart={(event) => event.dataTransfer?.setData("text/plain", enrolmentId)}
        >
          <span class="group-person-name">
            {name}
            {institution && <span class="soft small group-institution">{institution}</span>}
          </span>
          <select
            class="input group-select"
            aria-label={caseText("groups.move", { name })}
            value={groupId ?? ""}
            onChange={(event) => onMove(enrolmentId, event.currentTarget.value || null)}
          >
            <option value="">–</option>
            {groups.map((group) => (
              <option key={group.groupId} value={group.groupId}>
                {group.title}
              </option>
            ))}
          </select>
        </li>
      ))}
    </ul>
  );
}
