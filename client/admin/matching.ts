/** Whether all words of a search stand in some of the texts, whatever their case and accents. */
export function isMatching(query: string, texts: readonly (string | null)[]): boolean {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const all = plain(texts.filter((text) => text !== null).join(" "));
  return words.every((word) => all.includes(word));
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
