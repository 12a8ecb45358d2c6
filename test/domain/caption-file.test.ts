import { describe, expect, it } from "vitest";
import { type CaptionFault, cuesFrom } from "../../server/protocol/caption-file.ts";

const cuesOf = (content: string) => {
  const read = cuesFrom(content);
  if (!read.ok) throw new Error(`line ${read.problem.line}: ${read.problem.fault}`);
  return read.cues;
};

describe("a file of captions", () => {
  it("PY1 is WebVTT: names, places, styles and notes are passed over", () => {
    const cues = cuesOf(
      [
        "\uFEFFWEBVTT Kelas pagi",
        "Kind: captions",
        "",
        "STYLE",
        "::cue { color: red }",
        "",
        "NOTE dibuat dengan tangan",
        "",
        "pembuka",
        "00:01.000 --> 00:03.500 align:start position:10%",
        "<v.keras Ibu Ina>Selamat <b>pagi</b> &amp; salam",
        "<00:02.000>semua",
        "",
        "01:00:00.000 --> 01:00:02.000",
        "1 &lt; 2",
      ].join("\r\n"),
    );
    expect(cues).toEqual([
      { startMs: 1_000, endMs: 3_500, text: "Ibu Ina: Selamat pagi & salam\nsemua" },
      { startMs: 3_600_000, endMs: 3_602_000, text: "1 < 2" },
    ]);
  });

  it("PY1 is SubRip: numbered, with commas", () => {
    expect(
      cuesOf("1\n00:00:01,000 --> 00:00:02,000\n<i>Halo</i>\n\n2\n00:00:01,500 --> 00:00:04,000\nPagi\n"),
    ).toEqual([
      { startMs: 1_000, endMs: 2_000, text: "Halo" },
      { startMs: 1_500, endMs: 4_000, text: "Pagi" },
    ]);
  });

  const times = "00:00:01.000 --> 00:00:02.000";
  const broken: readonly [fault: CaptionFault, line: number, lines: readonly string[]][] = [
    ["no-cues", 1, [""]],
    ["no-cues", 2, ["WEBVTT", ""]],
    ["not-captions", 2, ["", "Nama,Nilai"]],
    ["no-times", 3, ["WEBVTT", "", "00:01 --> 00:02", "Halo"]],
    ["no-times", 3, ["WEBVTT", "", "judul", "Halo"]],
    ["no-times", 2, ["1", "00:00:01,000 -> 00:00:02,000", "Halo"]],
    ["ends-early", 3, ["WEBVTT", "", "00:02.000 --> 00:02.000", "Halo"]],
    ["out-of-order", 6, ["WEBVTT", "", times, "Halo", "", "00:00.500 --> 00:03.000", "Pagi"]],
    ["no-text", 3, ["WEBVTT", "", times, "<b></b>"]],
    ["no-text", 3, ["WEBVTT", "", times, ""]],
    ["times-in-text", 5, ["WEBVTT", "", times, "Halo", times, "Pagi"]],
    ["text-too-long", 3, ["WEBVTT", "", times, "a".repeat(1_001)]],
  ];
  it.each(broken)("PY2 says %s at line %i", (fault, line, lines) => {
    expect(cuesFrom(lines.join("\n"))).toEqual({ ok: false, problem: { line, fault } });
  });
});
