import type { SurveyContent, SurveyKey } from "../../server/protocol/surveys.ts";
import { sendSurvey } from "../http/join-api.ts";
import type { Answer } from "../http/request-json.ts";

/** A thin line comes back within seconds: it is tried again after these waits. */
const WAITS_MS = [1000, 3000] as const;
const AGAIN = new Set(["offline", "unavailable", "internal", "rate-limited"]);

export type Sent = "sent" | "changed" | Extract<Answer<unknown>, { ok: false }>["code"];

/**
 * Sends an answer, again where nothing came back: a first try that had arrived after all is told as answered,
 * which is as good as sent. `changed`: the form has other questions by now.
 */
export async function sendSurveyUntilKnown(
  linkId: string,
  answer: SurveyContent & { readonly survey: SurveyKey },
): Promise<Sent> {
  for (const wait of [...WAITS_MS, null]) {
    const sent = await sendSurvey(linkId, answer);
    if (sent.ok || sent.code === "survey-answered") return "sent";
    if (sent.code === "bad-request") return "changed";
    if (!AGAIN.has(sent.code) || wait === null) return sent.code;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  return "offline";
}
