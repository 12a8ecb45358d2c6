import { expect, it } from "vitest";
import type { ResultFields, Store } from "../../server/ports.ts";
import { resultIdSchema } from "../../server/protocol/ids.ts";
import { everything } from "./everything.ts";
import { enrolmentId, person, programme } from "./records.ts";

let counted = 0;
const row = (who: string, change: Partial<ResultFields> = {}) => {
  counted += 1;
  return {
    enrolmentId: enrolmentId(who),
    requirement: "post-test",
    score: 87.25,
    status: null,
    takenAt: 1_785_900_000_000,
    source: "LMS",
    ...change,
    newId: resultIdSchema.parse(`res_${counted}`),
  };
};

export function resultsContract(store: () => Store): void {
  const one = programme("A1");

  async function enrolled() {
    await store().programmes.create(one);
    await store().enrolments.put(one.id, [person("1", "Ani", "1"), person("2", "Budi", "2")], 1_000);
    return store().results;
  }

  it("ST17 a result is created, updated or unchanged by person, requirement, time and source", async () => {
    const results = await enrolled();
    expect(await results.put(one.id, [row("1"), row("2")], 5_000)).toEqual(["created", "created"]);
    const again = [
      row("1"),
      row("2", { score: 90 }),
      row("2", { source: "Panitia" }),
      row("1", { takenAt: 1_785_900_000_001 }),
      row("1", { requirement: "assignment:A1", score: null, status: "accepted" }),
    ];
    expect(await results.put(one.id, again, 6_000)).toEqual([
      "unchanged",
      "updated",
      "created",
      "created",
      "created",
    ]);
    const [first, second] = await results.all(one.id);
    expect(first).toMatchObject({ score: 87.25, status: null, createdAt: 5_000, updatedAt: 5_000 });
    expect(second).toMatchObject({ score: 90, createdAt: 5_000, updatedAt: 6_000 });
    expect(await results.put(one.id, [row("2", { score: null, status: "submitted" })], 7_000)).toEqual([
      "updated",
    ]);
  });

  it("ST17 results are put all or none, hundreds at once, and listed by page and person", async () => {
    const results = await enrolled();
    const many = Array.from({ length: 250 }, (_, index) => row("1", { takenAt: index }));
    await expect(results.put(one.id, [...many, row("nobody")], 5_000)).rejects.toThrow();
    expect(await results.all(one.id)).toEqual([]);
    expect(new Set(await results.put(one.id, [...many, row("2")], 5_000))).toEqual(new Set(["created"]));
    const all = await everything(100, (page) => results.list(one.id, null, page));
    expect(all.map(({ takenAt }) => takenAt)).toEqual([...many, row("2")].map(({ takenAt }) => takenAt));
    const own = await everything(100, (page) => results.list(one.id, enrolmentId("2"), page));
    expect(own).toHaveLength(1);
  });
}
