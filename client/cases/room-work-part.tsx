import { useEffect, useState } from "preact/hooks";
import type { RoomWork, Score, WorkedRoom } from "../../server/protocol/case-work.ts";
import type { CaseQuestion } from "../../server/protocol/cases.ts";
import { errorText, t } from "../i18n/t.ts";
import { Notice } from "../ui/notice.tsx";
import type { CaseApi } from "./case-api.ts";
import { caseText } from "./case-words.ts";
import { ScoreForm } from "./score-form.tsx";

interface RoomWorkPartProps {
  readonly linkId: string;
  readonly api: CaseApi;
  readonly room: WorkedRoom;
  readonly onScore: (score: Score) => void;
}

/** One group: who they were, what they answered, and the form of its score. */
export function RoomWorkPart({ linkId, api, room, onScore }: RoomWorkPartProps) {
  const [work, setWork] = useState<RoomWork | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let isGone = false;
    void api.roomWork(room.roomId).then((answer) => {
      if (isGone) return;
      if (answer.ok) setWork(answer.data);
      else setProblem(errorText(answer.code));
    });
    return () => {
      isGone = true;
    };
  }, [room.roomId]);
  return (
    <div class="work-one">
      <section class="card case-part" aria-labelledby="work-room">
        <div>
          <p class="soft small">{work?.case.title}</p>
          <h2 id="work-room">{room.title}</h2>
        </div>
        <Group room={room} />
        {problem && <Notice tone="trouble">{problem}</Notice>}
        {!work && !problem && <p class="soft">{t("loading")}</p>}
        {work && <Answers work={work} />}
      </section>
      {work && <ScoreForm {...{ linkId, api, room, onScore }} work={work.case} />}
    </div>
  );
}

function Group({ room }: { room: WorkedRoom }) {
  const { members, roles } = room;
  return (
    <dl class="work-group">
      <div>
        <dt>{caseText("work.members")}</dt>
        <dd>
          {members.length === 0 ? caseText("work.members.none") : members.map(({ name }) => name).join("; ")}
        </dd>
      </div>
      {roles.map(({ code, title, name }) => (
        <div key={code}>
          <dt>{title}</dt>
          <dd class={name ? undefined : "soft"}>{name ?? caseText("work.role.free")}</dd>
        </div>
      ))}
    </dl>
  );
}

function Answers({ work }: { work: RoomWork }) {
  return (
    <ol class="work-answers" aria-label={caseText("work.answers")}>
      {work.case.questions.map((question) => {
        const answer = answerText(question, work);
        return (
          <li key={question.questionId}>
            <h3 class="work-question">{question.title}</h3>
            {answer === null ? (
              <p class="soft">{caseText("work.answer.none")}</p>
            ) : (
              <p class="work-answer">{answer}</p>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** A choice in the option's words. */
function answerText({ questionId, form }: CaseQuestion, { answers }: RoomWork): string | null {
  const answer = answers.find((one) => one.questionId === questionId)?.answer ?? null;
  if (answer === null || form.kind === "text") return answer;
  return form.options.find(({ code }) => code === answer)?.title ?? answer;
}
