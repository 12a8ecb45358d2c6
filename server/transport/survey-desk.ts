import type { AskedSurvey } from "../domain/asked-surveys.ts";
import { decideSurveyAnswer, endQuestionsFrom, sessionQuestionsFrom } from "../domain/survey-form.ts";
import type { Classes, Clock, NewId, Programme, Staff, Store } from "../ports.ts";
import { type Result, refuse } from "../protocol/errors.ts";
import type { EnrolmentId, SessionId } from "../protocol/ids.ts";
import {
  END_SURVEY,
  type OwnSurveys,
  type SurveyContent,
  type SurveyKey,
  type SurveyQuestion,
} from "../protocol/surveys.ts";
import type { ProgrammeFactsReader } from "./programme-facts-reader.ts";
import { askedSurveysOf, type SurveyFacts } from "./survey-facts.ts";

const MAX_STAFF = 1000;
/** A form about more people than these is not answered, whatever the class had. */
const MAX_INSTRUCTORS = 6;

interface SurveyDeskParts {
  readonly store: Store;
  readonly classes: Classes;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly programmeFacts: ProgrammeFactsReader;
}

/** Who asks, by which link. */
interface Asker {
  readonly programme: Programme;
  readonly enrolmentId: EnrolmentId;
  /** The session of the link: its closing is seen at once. */
  readonly sessionId: SessionId;
}

/** The surveys that a person is asked to fill in, with the questions of those they have not. */
export async function ownSurveysOf(parts: SurveyDeskParts, asker: Asker): Promise<OwnSurveys> {
  const { facts, asked } = await askedOf(parts, asker);
  const answered = new Set(await parts.store.surveys.answeredBy(asker.enrolmentId));
  const staff = await staffOf(parts.store, asker.programme);
  return {
    surveys: asked.map(({ survey, title }) => {
      const isAnswered = answered.has(survey);
      return { survey, title, isAnswered, questions: isAnswered ? [] : questionsOf(facts, staff, survey) };
    }),
  };
}

/**
 * Takes one person's answer to one form, for good. Refuses `survey-not-open` where the form is not asked of
 * them, `survey-answered`, and `bad-request` with the wrong fields.
 */
export async function takeAnswer(
  parts: SurveyDeskParts,
  asker: Asker,
  survey: SurveyKey,
  given: SurveyContent,
): Promise<Result> {
  const { facts, asked } = await askedOf(parts, asker);
  if (!asked.some((form) => form.survey === survey)) return refuse("survey-not-open");
  const staff = await staffOf(parts.store, asker.programme);
  const content = decideSurveyAnswer(questionsOf(facts, staff, survey), given);
  if (!content.ok) {
    const isSent = (await parts.store.surveys.answeredBy(asker.enrolmentId)).includes(survey);
    return isSent ? refuse("survey-answered") : content;
  }
  return await parts.store.surveys.answer({
    id: parts.newId("ans"),
    programmeId: asker.programme.id,
    survey,
    enrolmentId: asker.enrolmentId,
    content: content.data,
  });
}

async function askedOf(
  { classes, clock, programmeFacts, store }: SurveyDeskParts,
  { programme, enrolmentId, sessionId }: Asker,
): Promise<{ readonly facts: SurveyFacts; readonly asked: readonly AskedSurvey[] }> {
  const { status } = await classes.summary(sessionId);
  const settings = await store.surveys.settings(programme.id);
  const { surveys } = await programmeFacts.read(programme, ({ surveys: known }) => {
    const last = known.sessions.find(({ id }) => id === sessionId)?.events.at(-1);
    const isClassKnown = status !== "closed" || last?.type === "class.closed";
    return isClassKnown && known.settings.version === settings.version;
  });
  return { facts: surveys, asked: askedSurveysOf(surveys, enrolmentId, clock.now()) };
}

export async function staffOf(store: Store, programme: Programme): Promise<readonly Staff[]> {
  return (await store.staff.list(programme.id, { limit: MAX_STAFF, cursor: null })).items;
}

/** The questions of a form, as it is asked now. */
export function questionsOf(
  facts: SurveyFacts,
  staff: readonly Staff[],
  survey: SurveyKey,
): SurveyQuestion[] {
  const { ownQuestions } = facts.settings;
  if (survey === END_SURVEY) return endQuestionsFrom(ownQuestions);
  const session = facts.sessions.find(({ id }) => id === survey);
  if (!session) return [];
  return sessionQuestionsFrom(session.mode, instructorsOf(session.staffSeen, staff), ownQuestions);
}

/** Who taught: the instructors seen in the class; where none was, the programme's only one. */
function instructorsOf(seen: ReadonlySet<string>, staff: readonly Staff[]) {
  const instructors = staff.filter(({ role }) => role === "instructor");
  const taught = instructors.filter(({ id }) => seen.has(id));
  const whom = taught.length === 0 && instructors.length === 1 ? instructors : taught;
  return whom.slice(0, MAX_INSTRUCTORS).map(({ id, name }) => ({ staffId: id, name }));
}
