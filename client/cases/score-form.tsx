import { Save } from "lucide";
import { useRef, useState } from "preact/hooks";
import type { Score, WorkedRoom } from "../../server/protocol/case-work.ts";
import type { Case } from "../../server/protocol/cases.ts";
import { formatNumber } from "../i18n/format.ts";
import { errorText } from "../i18n/t.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { showToast } from "../ui/toasts.tsx";
import type { CaseApi } from "./case-api.ts";
import type { Problems } from "./case-problems.ts";
import { caseText } from "./case-words.ts";
import { AreaField, focusFirstProblem, LineField } from "./form-field.tsx";
import {
  type ScoreDraft,
  scoreBodyFrom,
  scoreDraftFrom,
  scoreProblemsFrom,
  scoreSoFar,
} from "./score-draft.ts";
import { useDraft } from "./use-draft.ts";

interface ScoreFormProps {
  readonly linkId: string;
  readonly api: CaseApi;
  readonly room: WorkedRoom;
  readonly work: Case;
  readonly onScore: (score: Score) => void;
}

/** Points by criterion, a note, the sum, and whether the assignment is accepted with it. */
export function ScoreForm({ linkId, api, room, work, onScore }: ScoreFormProps) {
  const form = useDraft<ScoreDraft>(`score.${linkId}.${room.roomId}`, scoreDraftFrom(room.score));
  const { draft, change } = form;
  const [problems, setProblems] = useState<Problems>(new Map());
  const [failure, setFailure] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const root = useRef<HTMLFormElement>(null);
  if (work.rubric.length === 0) {
    return (
      <section class="card case-part">
        <p class="soft">{caseText("work.score.none")}</p>
      </section>
    );
  }
  const save = async () => {
    const found = scoreProblemsFrom(draft, work.rubric);
    setProblems(found);
    if (found.size > 0) return focusFirstProblem(root.current);
    setSaving(true);
    const answer = await api.score(room.roomId, scoreBodyFrom(draft, work.rubric));
    setSaving(false);
    if (!answer.ok) return setFailure(caseText("edit.failed", { reason: errorText(answer.code) }));
    setFailure(null);
    form.saved(scoreDraftFrom(answer.data), draft);
    onScore(answer.data);
    showToast({ tone: "good", text: caseText("work.saved", { room: room.title }) });
  };
  return (
    <form
      ref={root}
      class="card case-part"
      aria-label={caseText("work.score")}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{caseText("work.score")}</h2>
      {form.isRestored && (
        <Notice tone="wait" actions={<Button onClick={form.discard}>{caseText("edit.discard")}</Button>}>
          {caseText("work.kept")}
        </Notice>
      )}
      {failure && <Notice tone="trouble">{failure}</Notice>}
      {work.rubric.map(({ criterionId, title, description, maxPoints }) => (
        <LineField
          key={criterionId}
          label={caseText("work.points", { title, most: maxPoints })}
          hint={description || undefined}
          isNumber
          value={draft.points[criterionId] ?? ""}
          error={problems.get(criterionId)}
          onValue={(points) => change({ points: { ...draft.points, [criterionId]: points } })}
        />
      ))}
      <AreaField
        label={caseText("work.comment")}
        isOptional
        rows={3}
        value={draft.comment}
        onValue={(comment) => change({ comment: comment.slice(0, 4000) })}
      />
      <Sum draft={draft} work={work} />
      <div class="work-save">
        <Button tone="primary" type="submit" icon={Save} disabled={isSaving}>
          {caseText(isSaving ? "edit.saving" : "work.save")}
        </Button>
        <span class="soft small" role="status">
          {form.isDirty ? caseText("edit.unsaved") : room.score ? caseText("edit.saved") : ""}
        </span>
      </div>
    </form>
  );
}

function Sum({ draft, work }: { draft: ScoreDraft; work: Case }) {
  const { total, most, isAccepted } = scoreSoFar(draft, work);
  const { requirement, passingPoints } = work;
  const isWhole = scoreProblemsFrom(draft, work.rubric).size === 0;
  return (
    <div class="work-sum">
      <strong class="figures">
        {caseText("work.total", { total: formatNumber(total), most: formatNumber(most) })}
      </strong>
      {isAccepted !== null && isWhole && (
        <span class={isAccepted ? "badge badge-good" : "badge badge-hand"}>
          {caseText(isAccepted ? "work.accepted" : "work.rejected")}
        </span>
      )}
      {requirement !== null && (
        <span class="soft small">
          {passingPoints
            ? caseText("work.accepted.from", { code: requirement, points: passingPoints })
            : caseText("work.accepted.any", { code: requirement })}
        </span>
      )}
    </div>
  );
}
