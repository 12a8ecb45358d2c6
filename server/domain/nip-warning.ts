/**
 * What looks wrong about a NIP: 18 digits, birth date YYYYMMDD, appointment YYYYMM, sex 1 or 2, serial. A
 * PPPK's number has a contract count where the month stands, so 21 is there too. There is no check digit;
 * this warns and never refuses. Null for numbers of other lengths: they are something else.
 */
export function nipWarningOf(externalId: string, birthDate: string | null): string | null {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{4})(\d{2})(\d)\d{3}$/.exec(externalId.replace(/[ .]/g, ""));
  if (!parts) return null;
  const [, year = "", month = "", day = "", , , sex = ""] = parts;
  const born = `${year}-${month}-${day}`;
  const isDate = isCalendarDate(Number(year), Number(month), Number(day));
  if (!isDate) return "looks like a NIP, but does not begin with a date";
  if (birthDate !== null && birthDate !== born) return `looks like a NIP of somebody born on ${born}`;
  if (sex !== "1" && sex !== "2") return "looks like a NIP, but its 15th digit is neither 1 nor 2";
  return null;
}

function isCalendarDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
