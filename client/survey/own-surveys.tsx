import "./survey.css";
import { useSignal } from "@preact/signals";
import { CircleCheck } from "lucide";
import { useCallback, useEffect } from "preact/hooks";
import type { OwnSurvey, SurveyKey } from "../../server/protocol/surveys.ts";
import type { ClassStatus } from "../../server/protocol/views.ts";
import { fetchOwnSurveys } from "../http/join-api.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { SurveyForm } from "./survey-form.tsx";
import { surveyText, surveyTitle } from "./survey-words.ts";

const LOOK_MS = 15_000;

/** The surveys one is asked to fill in; nothing while none are. */
export function OwnSurveys(props: { linkId: string; status: ClassStatus; onAnswered: () => void }) {
  const { linkId, status, onAnswered } = props;
  const surveys = useSignal<readonly OwnSurvey[]>([]);
  const opened = useSignal<SurveyKey | null>(null);
  const load = useCallback(async () => {
    const answer = await fetchOwnSurveys(linkId);
    if (answer.ok) surveys.value = answer.data.surveys;
  }, [linkId]);
  useEffect(() => {
    void load();
    // While somebody is filling one in, nothing moves under their hands.
    const timer = setInterval(() => {
      if (opened.peek() === null) void load();
    }, LOOK_MS);
    return () => clearInterval(timer);
    // A class that closes opens its survey at once.
  }, [load, status]);
  if (surveys.value.length === 0) return null;
  return (
    <div id="survei" class="surveys">
      {surveys.value.map((survey) => (
        <SurveyCard
          key={survey.survey}
          {...{ linkId, survey }}
          isOpen={opened.value === survey.survey}
          onToggle={(isOpen) => {
            opened.value = isOpen ? survey.survey : null;
          }}
          onSent={() => {
            opened.value = null;
            surveys.value = surveys.value.map((one) => (one === survey ? { ...one, isAnswered: true } : one));
            onAnswered();
          }}
          onChanged={load}
        />
      ))}
    </div>
  );
}

interface SurveyCardProps {
  readonly linkId: string;
  readonly survey: OwnSurvey;
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
  readonly onSent: () => void;
  readonly onChanged: () => void;
}

function SurveyCard({ linkId, survey, isOpen, onToggle, onSent, onChanged }: SurveyCardProps) {
  const titleId = `survei-${survey.survey}`;
  const focusTitle = () => requestAnimationFrame(() => document.getElementById(titleId)?.focus());
  return (
    <section class={survey.isAnswered ? "survey survey-sent" : "survey"} aria-labelledby={titleId}>
      <h2 id={titleId} class="survey-title" tabIndex={-1}>
        {surveyTitle(survey.title)}
      </h2>
      {survey.isAnswered ? (
        <p class="survey-thanks" role="status">
          <Icon of={CircleCheck} />
          {surveyText("form.sent")}
        </p>
      ) : isOpen ? (
        <SurveyForm
          {...{ linkId, survey, onChanged }}
          onSent={() => {
            onSent();
            focusTitle();
          }}
          onLater={() => {
            onToggle(false);
            focusTitle();
          }}
        />
      ) : (
        <div class="survey-offer">
          <p class="soft">{surveyText("form.lead")}</p>
          <Button
            tone="primary"
            onClick={() => {
              onToggle(true);
              focusTitle();
            }}
          >
            {surveyText("form.open")}
          </Button>
        </div>
      )}
    </section>
  );
}
