import { language } from "../i18n/language.ts";

/** What a language (BCP 47) is called in ours: `Indonesia`, `Jawa`; its tag where nobody knows. */
export function captionLanguageName(tag: string): string {
  try {
    return new Intl.DisplayNames([language.value], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
