const PERSONAL = /^(enr|stf|con)_[0-9A-Za-z]+$/;
/** Whom something is about; `device` and names never go into a manifest. */
const SUBJECTS = ["personId", "connectionId", "enrolmentId", "staffId"];
const LEFT_OUT = ["device", "name", "institution"];

/**
 * The same value without whatever names people whose ids (a person's or a connection's) are hidden, and without names
 * of anybody; undefined where it is about a hidden one.
 */
export function withoutPeople(value: unknown, isHiddenId: (id: string) => boolean): unknown {
  const isHidden = (one: unknown) => typeof one === "string" && PERSONAL.test(one) && isHiddenId(one);
  if (isHidden(value)) return undefined;
  if (Array.isArray(value)) {
    return value.map((one) => withoutPeople(one, isHiddenId)).filter((one) => one !== undefined);
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  if (entries.some(([key, one]) => SUBJECTS.includes(key) && isHidden(one))) return undefined;
  const kept = entries
    .filter(([key]) => !LEFT_OUT.includes(key) && !isHidden(key))
    .map(([key, one]) => [key, key === "by" && isHidden(one) ? "unrecorded" : withoutPeople(one, isHiddenId)])
    .filter(([, one]) => one !== undefined);
  return Object.fromEntries(kept);
}
