/** The look of certificates, in points. */
export const CERTIFICATE = {
  margin: 76,
  ink: "#101828",
  soft: "#475467",
  accent: "#123a6b",
  gold: "#b08d3c",
  wash: "#f3f6fb",
  line: "#cdd5e1",
} as const;

export function certificateDate(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("id-ID", { dateStyle: "long", timeZone }).format(at);
}

export function certificateJp(jp: number): string {
  return new Intl.NumberFormat("id-ID", { maximumFractionDigits: 2 }).format(jp);
}
