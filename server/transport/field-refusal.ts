import { z } from "zod";
import { type ErrorCode, type Refusal, refuse } from "../protocol/errors.ts";

const fieldErrorSchema = z.strictObject({ path: z.string(), message: z.string() });
/** What is wrong with one field; `path` has dots: `slots.0.startAt`. Empty: the whole. */
export type FieldError = z.infer<typeof fieldErrorSchema>;

const refusedFieldsSchema = z.object({ errors: z.array(fieldErrorSchema) });

/** Field errors from zod's issues, the first of each field. */
export function fieldErrorsFrom(issues: readonly z.core.$ZodIssue[]): FieldError[] {
  const errors = allFieldErrorsFrom(issues);
  return errors.filter(({ path }, index) => errors.findIndex((error) => error.path === path) === index);
}

/** An unknown key is named itself, not the object that has it. */
function allFieldErrorsFrom(issues: readonly z.core.$ZodIssue[]): FieldError[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ path: [...path, key].join("."), message: "is not a known field" }));
    }
    if (issue.code === "invalid_union" && issue.errors.length > 0) {
      const inner = allFieldErrorsFrom(likeliestOption(issue.errors));
      return inner.map((error) => ({ ...error, path: [...path, error.path].filter(Boolean).join(".") }));
    }
    return [{ path: path.join("."), message: issue.message }];
  });
}

/** What a union's options say is wrong, of the option that the sender seems to have meant. */
function likeliestOption(options: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] {
  const isOfOtherKind = (issue: z.core.$ZodIssue) =>
    issue.path.length === 0 && (issue.code === "invalid_type" || issue.code === "invalid_value");
  const meant = options.filter((issues) => !issues.some(isOfOtherKind));
  const [likeliest = []] = (meant.length > 0 ? meant : options).toSorted((a, b) =>
    meant.length > 0 ? a.length - b.length : 0,
  );
  return likeliest;
}

/** A refusal that names its fields. */
export function fieldsRefused(code: ErrorCode, issues: readonly z.core.$ZodIssue[]): Refusal {
  return refuse(code, { errors: fieldErrorsFrom(issues) });
}

/** A refusal that names one field. */
export function fieldRefused(path: string, message: string, code: ErrorCode = "bad-request"): Refusal {
  return refuse(code, { errors: [{ path, message }] });
}

/** The fields that a refusal names, if it names any. */
export function fieldErrorsOf(refusal: Refusal): readonly FieldError[] | null {
  const details = refusedFieldsSchema.safeParse(refusal.details);
  return details.success ? details.data.errors : null;
}
