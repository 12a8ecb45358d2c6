import { type Language, language } from "./language.ts";

/** The names in braces of a text: `"{name} dari {place}"` → `"name" | "place"`. */
type ParamsOf<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamsOf<Rest>
  : never;

type Arguments<Text extends string> = [ParamsOf<Text>] extends [never]
  ? []
  : [params: Readonly<Record<ParamsOf<Text>, string | number>>];

type Words = Readonly<Record<string, string>>;
/** The English of an Indonesian dictionary: the same keys, every one. */
export type EnglishOf<Indonesian extends Words> = { readonly [Key in keyof Indonesian]: string };

/**
 * A typed `t(key, params)` over one dictionary in both languages. A part of the application with many words of
 * its own (loaded later) makes its own. `{name}` is replaced; `{count|minute|minutes}` is one of the two words, by number.
 */
export function createTranslate<const Indonesian extends Words>(dictionaries: {
  readonly id: Indonesian;
  readonly en: EnglishOf<Indonesian>;
}) {
  return <Key extends keyof Indonesian>(key: Key, ...[params]: Arguments<Indonesian[Key]>): string =>
    fill(textOf(dictionaries, language.value, key), params ?? {});
}

function textOf<Key extends PropertyKey>(
  dictionaries: Readonly<Record<Language, Readonly<Record<Key, string>>>>,
  in_: Language,
  key: Key,
): string {
  return dictionaries[in_][key];
}

function fill(text: string, params: Readonly<Record<string, string | number>>): string {
  return text.replace(
    /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g,
    (_, name: string, one?: string, many?: string) => {
      if (one !== undefined && many !== undefined) return Number(params[name]) === 1 ? one : many;
      return String(params[name] ?? "");
    },
  );
}
