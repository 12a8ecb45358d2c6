import type { TrailItem, TrailPage } from "../../../server/protocol/trail.ts";
import { formatNumber } from "../../i18n/format.ts";
import { ADMIN_WORDS, t } from "../admin-words.ts";

type Names = TrailPage["names"];
type Word = keyof typeof ADMIN_WORDS.id;

/** So many people of a row are named. */
const NAMED = 3;

/** An entry as a sentence: who did what, about whom, and what is to be added. */
export interface TrailSentence {
  readonly who: string;
  readonly did: string;
  /** Null where the row names nobody but who did it. */
  readonly about: string | null;
  readonly added: string | null;
}

export function trailSentence(item: TrailItem, names: Names): TrailSentence {
  const people = item.people.filter((id) => id !== item.actor.id);
  return {
    who: whoOf(item, names),
    did: textOf(`trail.do.${item.action}`) ?? t("trail.unknown", { action: item.action }),
    about: people.length === 0 ? null : t("trail.about", { names: peopleOf(people, names) }),
    added: addedOf(item),
  };
}

/** Null is who was erased; what nobody knows any more goes by its id. */
function nameOf(id: string, names: Names): string {
  const name = names[id];
  return name === null ? t("trail.erased") : (name ?? id);
}

function whoOf({ actor }: TrailItem, names: Names): string {
  if (actor.kind === "command-line" || actor.kind === "server" || actor.id === null) {
    return textOf(`trail.by.${actor.kind}`) ?? t("trail.by.anonymous");
  }
  const name = nameOf(actor.id, names);
  if (actor.kind === "guest") return t("trail.by.guest", { name });
  return actor.kind === "key" ? t("trail.by.key", { name }) : name;
}

function peopleOf(people: readonly string[], names: Names): string {
  const shown = people
    .slice(0, NAMED)
    .map((id) => nameOf(id, names))
    .join(", ");
  const rest = people.length - NAMED;
  return rest > 0 ? t("trail.andMore", { names: shown, count: formatNumber(rest) }) : shown;
}

function addedOf({ detail, action }: TrailItem): string | null {
  const parts = Object.entries(detail).flatMap(([name, value]) => {
    if (typeof value === "number") {
      const key: Word | null = wordFrom(`trail.count.${name}`);
      return key && value > 0 ? [t(key as "trail.count.created", { count: formatNumber(value) })] : [];
    }
    if (name === "fields" && Array.isArray(value)) {
      return [
        t("trail.fields", {
          names: value.map((field) => textOf(`trail.field.${field}`) ?? field).join(", "),
        }),
      ];
    }
    if (name === "format") return [String(value).toUpperCase()];
    if (name === "reason" && (action === "person.erased" || action === "recording.deleted"))
      return [textOf(`trail.reason.${value}`) ?? []].flat();
    return [];
  });
  return parts.length === 0 ? null : parts.join(" · ");
}

function wordFrom(key: string): Word | null {
  return Object.hasOwn(ADMIN_WORDS.id, key) ? (key as Word) : null;
}

/** A text without parameters, where there is one. */
function textOf(key: string): string | null {
  const word = wordFrom(key);
  return word && t(word as "trail.title");
}
