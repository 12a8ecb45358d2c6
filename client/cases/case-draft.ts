import type { CaseBody, SavedCase } from "../../server/protocol/case-work.ts";
import type { CriterionId, DeckId, QuestionId } from "../../server/protocol/ids.ts";
import { newDraftId } from "./new-draft-id.ts";

/** A case while it is written: numbers as they are typed. */
export interface CaseDraft {
  readonly title: string;
  readonly brief: string;
  readonly minutes: string;
  readonly roles: readonly RoleDraft[];
  readonly questions: readonly QuestionDraft[];
  readonly rubric: readonly CriterionDraft[];
  readonly slides: SlidesDraft | null;
  /** Empty: a score feeds nothing. */
  readonly requirement: string;
  readonly passingPoints: string;
}
export interface RoleDraft {
  readonly code: string;
  readonly title: string;
}
export interface OptionDraft {
  readonly code: string;
  readonly title: string;
}
export interface QuestionDraft {
  readonly questionId: string;
  readonly title: string;
  readonly help: string;
  readonly kind: "text" | "choice";
  readonly maxLength: string;
  readonly options: readonly OptionDraft[];
}
export interface CriterionDraft {
  readonly criterionId: string;
  readonly title: string;
  readonly description: string;
  readonly maxPoints: string;
}
export interface SlidesDraft {
  readonly deckId: string;
  readonly fromPage: string;
  readonly toPage: string;
}

const USUAL_LENGTH = "2000";

export function newQuestion(): QuestionDraft {
  const options = [newOption(), newOption()];
  return {
    questionId: newDraftId("qst"),
    title: "",
    help: "",
    kind: "text",
    maxLength: USUAL_LENGTH,
    options,
  };
}
export function newOption(): OptionDraft {
  return { code: newDraftId("o").replace("_", "-"), title: "" };
}
export function newCriterion(): CriterionDraft {
  return { criterionId: newDraftId("cri"), title: "", description: "", maxPoints: "25" };
}
export function newRole(title = ""): RoleDraft {
  return { code: newDraftId("r").replace("_", "-").slice(0, 20), title };
}

/** The roles that are offered first; the code `presenter` lets its holder put the sheet on the stage (RW7). */
export function usualRoles(titles: {
  chair: string;
  scribe: string;
  presenter: string;
}): readonly RoleDraft[] {
  return (["chair", "scribe", "presenter"] as const).map((code) => ({ code, title: titles[code] }));
}

export function emptyCaseDraft(roles: readonly RoleDraft[]): CaseDraft {
  return {
    title: "",
    brief: "",
    minutes: "20",
    roles,
    questions: [newQuestion()],
    rubric: [],
    slides: null,
    requirement: "",
    passingPoints: "",
  };
}

export function caseDraftFrom(work: SavedCase): CaseDraft {
  const { title, brief, minutes, roles, slides, requirement, passingPoints } = work;
  return {
    title,
    brief,
    minutes: String(minutes),
    roles,
    questions: work.questions.map(({ questionId, title, help, form }) => ({
      questionId,
      title,
      help,
      kind: form.kind,
      maxLength: form.kind === "text" ? String(form.maxLength) : USUAL_LENGTH,
      options: form.kind === "choice" ? form.options : [newOption(), newOption()],
    })),
    rubric: work.rubric.map((criterion) => ({ ...criterion, maxPoints: String(criterion.maxPoints) })),
    slides: slides && { ...slides, fromPage: String(slides.fromPage), toPage: String(slides.toPage) },
    requirement: requirement ?? "",
    passingPoints: passingPoints === null ? "" : String(passingPoints),
  };
}

/** What is sent; a draft that `caseProblemsFrom` finds nothing wrong with. */
export function caseBodyFrom(draft: CaseDraft): CaseBody {
  const { title, brief, roles, slides, requirement, passingPoints } = draft;
  return {
    title,
    brief,
    minutes: Number(draft.minutes),
    roles: [...roles],
    questions: draft.questions.map((question) => ({
      // Ids are the server's or made by `newDraftId`; the server looks at them again.
      questionId: question.questionId as QuestionId,
      title: question.title,
      help: question.help,
      form:
        question.kind === "text"
          ? { kind: "text", maxLength: Number(question.maxLength) }
          : { kind: "choice", options: [...question.options] },
    })),
    rubric: draft.rubric.map((criterion) => ({
      ...criterion,
      criterionId: criterion.criterionId as CriterionId,
      maxPoints: Number(criterion.maxPoints),
    })),
    slides: slides && {
      deckId: slides.deckId as DeckId,
      fromPage: Number(slides.fromPage),
      toPage: Number(slides.toPage),
    },
    requirement: requirement.trim() || null,
    passingPoints: requirement.trim() && passingPoints.trim() ? Number(passingPoints) : null,
  };
}

/** The sum of what the rubric's criteria are worth; what is no number counts nothing. */
export function pointsOf(rubric: readonly CriterionDraft[]): number {
  return rubric.reduce((sum, { maxPoints }) => sum + (Number(maxPoints) || 0), 0);
}
