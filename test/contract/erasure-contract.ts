import { describe, expect, it } from "vitest";
import type { Store } from "../../server/ports.ts";
import { messageIdSchema } from "../../server/protocol/ids.ts";
import { enrolmentId, person, programme, session } from "./records.ts";

export function erasureContract(store: () => Store): void {
  describe("erasure", () => {
    it("PD1 leaves a pseudonym of the person and nothing of what the class remembered of them", async () => {
      const one = programme("A");
      const held = session(one, "a");
      const { programmes, enrolments, sessions, classes, erasure } = store();
      await programmes.create(one);
      await sessions.create(held);
      await enrolments.put(one.id, [person("0012", "Ratna Sari", "r"), person("0013", "Budi", "b")], 1);
      const ratna = {
        personId: enrolmentId("r"),
        name: "Ratna Sari",
        institution: "Dinas",
        role: "participant",
      };
      const budi = { ...ratna, personId: enrolmentId("b"), name: "Budi" };
      const posted = (id: string, personId: typeof ratna.personId, seq: number) =>
        ({
          type: "chat.posted",
          messageId: messageIdSchema.parse(`msg_${id}`),
          personId,
          room: "main",
          text: `Saya ${id}`,
          seq,
          at: 10,
        }) as const;
      await classes.append(held.id, [
        { type: "person.admitted", person: { ...ratna, role: "participant" }, seq: 1, at: 10 },
        { type: "person.admitted", person: { ...budi, role: "participant" }, seq: 2, at: 10 },
        posted("r", ratna.personId, 3),
        posted("b", budi.personId, 4),
      ]);

      const order = { by: "acc_x", at: 99 };
      expect(await erasure.erase(enrolmentId("none"), order)).toMatchObject({ ok: false, code: "not-found" });
      expect(await erasure.erase(ratna.personId, order)).toEqual({ ok: true, data: { erasedAt: 99 } });
      const again = await erasure.erase(ratna.personId, { by: "acc_x", at: 100 });
      expect(again).toEqual({ ok: true, data: { erasedAt: 99 } });

      expect(await enrolments.find(ratna.personId)).toMatchObject({
        name: "Peserta terhapus r",
        externalId: "dihapus-r",
        institution: null,
        birthDate: null,
        erasedAt: 99,
      });
      expect((await enrolments.find(budi.personId))?.name).toBe("Budi");
      const replayed = JSON.stringify(await classes.replay(held.id));
      expect(replayed).not.toMatch(/Ratna|Saya r/);
      expect(replayed).toMatch(/Budi.*Saya b/);
      // The number is free again, and means another person.
      const [back] = await enrolments.put(one.id, [person("0012", "Ratna Sari", "n")], 2);
      expect(back).toEqual({ id: "enr_n", outcome: "created" });
    });
  });
}
