import type { Case } from "../protocol/cases.ts";
import { CHOICES_ROOT, textRootOf } from "../protocol/sheets.ts";

/** What a sheet of a case may hold: nothing else is let in. */
export interface SheetShape {
  /** The roots that hold text, with the longest text each may hold. */
  readonly texts: ReadonlyMap<string, number>;
  /** By question, the codes that can be chosen. */
  readonly options: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Two people who type at once can both believe that there is room left; only what goes far beyond is refused,
 * because the browser keeps to the length itself.
 */
function mostLetters(maxLength: number): number {
  return 2 * maxLength + 1000;
}

export function sheetShapeFrom({ questions }: Case): SheetShape {
  const texts = new Map<string, number>();
  const options = new Map<string, ReadonlySet<string>>();
  for (const { questionId, form } of questions) {
    if (form.kind === "text") texts.set(textRootOf(questionId), mostLetters(form.maxLength));
    else options.set(questionId, new Set(form.options.map(({ code }) => code)));
  }
  return { texts, options };
}

/** Where in a sheet something is: a text's root, or one question of the choices. */
export interface Place {
  readonly root: string;
  readonly key: string | null;
}

export function isPlaceOf({ texts, options }: SheetShape, { root, key }: Place): boolean {
  if (root === CHOICES_ROOT) return key !== null && options.has(key);
  return key === null && texts.has(root);
}
