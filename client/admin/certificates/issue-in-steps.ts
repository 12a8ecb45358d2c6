import type { Answer } from "../../http/request-json.ts";
import { adminApi } from "../admin-api.ts";

/** So many at once that few hundred take a few steps, so few that each answers soon. */
const STEP = 25;

interface IssueOutcome {
  readonly issued: number;
  readonly refused: number;
  /** Why it stopped before the end. */
  readonly failure: Extract<Answer<unknown>, { ok: false }> | null;
}

/** Issues step by step, telling how many are done; what was issued before a failure stays. */
export async function issueInSteps(
  code: string,
  enrolmentIds: readonly string[],
  onDone: (done: number) => void,
): Promise<IssueOutcome> {
  let [issued, refused] = [0, 0];
  for (let from = 0; from < enrolmentIds.length; from += STEP) {
    onDone(from);
    const answer = await adminApi.issueCertificates(code, enrolmentIds.slice(from, from + STEP));
    if (!answer.ok) return { issued, refused, failure: answer };
    issued += answer.data.issued;
    refused += answer.data.refused;
  }
  return { issued, refused, failure: null };
}
