import type { idGroupWork } from "../id/group-work.ts";
import type { EnglishOf } from "../translate.ts";

export const enGroupWork: EnglishOf<typeof idGroupWork> = {
  "work.title": "Score the groups' work",
  "work.lead": "What each group answered, and its score.",
  "work.empty": "No breakout room has worked on a case in this session yet.",
  "work.progress": "{scored} of {all} {all|group|groups} scored",
  "work.members": "Members",
  "work.members.none": "No participant was in this room.",
  "work.role.free": "nobody",
  "work.answers": "Answers",
  "work.answer.none": "Not answered",
  "work.score": "Score",
  "work.score.none": "This case is not scored.",
  "work.points": "{title} (0 to {most})",
  "work.comment": "Note for the group",
  "work.total": "Sum: {total} of {most}",
  "work.accepted": "Accepted",
  "work.rejected": "Not accepted yet",
  "work.accepted.from": "Assignment {code}: accepted from {points} {points|point|points}.",
  "work.accepted.any": "Assignment {code}: every score is accepted.",
  "work.save": "Save the score",
  "work.saved": "The score of {room} is saved.",
  "work.scored": "{total} of {most}",
  "work.unscored": "Not scored yet",
  "work.kept": "A score that was not saved is restored.",
  "work.problem.points": "Enter a number from 0 to {most}; half points are fine.",
};
