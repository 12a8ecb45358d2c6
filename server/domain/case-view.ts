import type { Case, CaseView } from "../protocol/cases.ts";

/** A case as the people of its room see it. */
export function caseViewFrom(whole: Case): CaseView {
  const { rubric: _rubric, requirement: _requirement, passingPoints: _points, ...view } = whole;
  return view;
}
