import { Languages } from "lucide";
import { changeLanguage, language } from "../i18n/language.ts";
import { t } from "../i18n/t.ts";
import { Icon } from "./icon.tsx";

/** One click to the other language, named in that language. */
export function LanguageSwitch() {
  const other = language.value === "id" ? "en" : "id";
  return (
    <button
      type="button"
      class="button button-quiet language-switch"
      lang={other}
      aria-label={t("language.other")}
      onClick={() => changeLanguage(other)}
    >
      <Icon of={Languages} />
      <span>{t("language.other")}</span>
    </button>
  );
}
