const DAY_FIRST = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?=$|[ T])/;

/**
 * A text that begins with a date as Indonesian spreadsheets write it, the day first (5/8/2026, 05-08-2026 or
 * 05.08.2026), with that date as YYYY-MM-DD; any other text as it is. It does not say whether the date exists.
 */
export function isoDateFrom(text: string): string {
  return text.replace(DAY_FIRST, (_, day: string, _mark: string, month: string, year: string) =>
    [year, month.padStart(2, "0"), day.padStart(2, "0")].join("-"),
  );
}
