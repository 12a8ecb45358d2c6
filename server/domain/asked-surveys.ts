import type { SessionId } from "../protocol/ids.ts";
import { END_SURVEY, type SurveyKey, type SurveySettings } from "../protocol/surveys.ts";

/** One session as its survey sees it, for one person. */
export interface SurveyedSession {
  readonly sessionId: SessionId;
  readonly title: string;
  /** SV1: its class is closed, or its time is over. */
  readonly isOver: boolean;
  /** Whether its last slot has ended, too: a class that is closed before may be opened again. */
  readonly isPast: boolean;
  /** Whether the session is asked of the person: their group's, or one without a group. */
  readonly isExpected: boolean;
  /** Whether they were there for at least a moment, or were credited. */
  readonly wasThere: boolean;
}

/** A form that somebody is asked to fill in; `title` is the session's, null at the end. */
export interface AskedSurvey {
  readonly survey: SurveyKey;
  readonly title: string | null;
}

/**
 * SV1 and SV2 for one person: the form of every session that is over and that they were in, and the one at
 * the end once everything asked of them is over and past, if they were in anything.
 */
export function askedSurveysFrom(
  sessions: readonly SurveyedSession[],
  { sessionForm, endForm }: Pick<SurveySettings, "sessionForm" | "endForm">,
): AskedSurvey[] {
  const attended = sessions.filter(({ wasThere }) => wasThere);
  const isEnd = attended.length > 0 && hasEnded(sessions);
  return [
    ...(sessionForm ? attended.filter(({ isOver }) => isOver) : []).map(({ sessionId, title }) => ({
      survey: sessionId,
      title,
    })),
    ...(endForm && isEnd ? [{ survey: END_SURVEY, title: null } as const] : []),
  ];
}

function hasEnded(sessions: readonly SurveyedSession[]): boolean {
  const own = sessions.filter(({ isExpected, wasThere }) => isExpected || wasThere);
  return own.every(({ isOver, isPast }) => isOver && isPast);
}

/** SV1: whether a session is over, from what its ledger says of the class and its last slot's end. */
export function isSessionOver(
  rows: readonly { readonly type: string }[],
  lastSlotEndsAt: number,
  now: number,
): boolean {
  const last = rows.findLast(({ type }) => type === "class.opened" || type === "class.closed");
  if (last) return last.type === "class.closed";
  return now >= lastSlotEndsAt;
}
