import { caseText } from "./case-words.ts";

/** Chair, scribe and presenter in the person's language. */
export function usualRoleTitles() {
  return {
    chair: caseText("roles.chair"),
    scribe: caseText("roles.scribe"),
    presenter: caseText("roles.presenter"),
  };
}
