import { describe, expect, it } from "vitest";
import type { Store } from "../../server/ports.ts";
import type { EntryCondition } from "../../server/protocol/entry.ts";
import { programme } from "./records.ts";

export function entryContract(store: () => Store): void {
  describe("conditions of entry", () => {
    it("ST2 keeps a programme's conditions and counts their versions", async () => {
      const [one, other] = [programme("A1"), programme("B1")];
      await store().programmes.create(one);
      await store().programmes.create(other);
      expect(await store().entry.find(one.id)).toEqual({ version: 1, conditions: [] });
      const age: EntryCondition = { rule: "maxAgeAtStart", field: "birthDate", years: 53 };
      const letter: EntryCondition = { rule: "required", field: "assignmentLetter" };
      expect(await store().entry.change(one.id, [age])).toEqual({ version: 2, conditions: [age] });
      const changed = { version: 3, conditions: [letter, age] };
      expect(await store().entry.change(one.id, [letter, age])).toEqual(changed);
      expect(await store().entry.find(one.id)).toEqual(changed);
      expect(await store().entry.find(other.id)).toEqual({ version: 1, conditions: [] });
    });
  });
}
