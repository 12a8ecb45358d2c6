/** Colours on which white initials have a contrast of at least 4.5:1. */
const COLOURS = [
  "#1d4ed8",
  "#0e7490",
  "#0f766e",
  "#4d7c0f",
  "#a16207",
  "#c2410c",
  "#be185d",
  "#7e22ce",
  "#4f46e5",
];

/**
 * The initials of a name as people would say it: degrees after a comma and titles with a point before the name do
 * not count (`Dr. Ir. Siti Rahmawati, M.Kom.` → `SR`).
 */
export function initialsFrom(name: string): string {
  const counted = namingWords(name);
  const letters = [counted[0], counted.length > 1 ? counted.at(-1) : undefined].map(
    (word) => word?.[0] ?? "",
  );
  return letters.join("").toLocaleUpperCase("id") || "?";
}

/** A name without titles and degrees, for one line: `Siti Rahmawati`. */
export function shortNameFrom(name: string): string {
  return namingWords(name).join(" ") || name;
}

function namingWords(name: string): readonly string[] {
  const words = (name.split(",")[0] ?? "").split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const named = words.filter((word) => !word.endsWith(".") || word.length === 2);
  return named.length > 0 ? named : words;
}

/** Always the same colour for the same name. */
export function colourFrom(name: string): string {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return COLOURS[sum % COLOURS.length] ?? "#1d4ed8";
}
