import { beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../server/ports.ts";
import { deckIdSchema, linkIdSchema } from "../../server/protocol/ids.ts";
import { everything } from "./everything.ts";
import { enrolmentId, programme, session, sessionId } from "./records.ts";

export function sessionsContract(store: () => Store): void {
  describe("sessions", () => {
    const one = programme("A1");
    beforeEach(() => store().programmes.create(one));

    it("ST9 keeps sessions in order, and refuses an id that is taken", async () => {
      const [second, first] = [session(one, "2"), { ...session(one, "1"), group: "B" }];
      expect(await store().sessions.create(second)).toEqual({ ok: true });
      expect(await store().sessions.create(first)).toEqual({ ok: true });
      expect(await store().sessions.create(first)).toMatchObject({ code: "already-exists" });
      expect(await store().sessions.find(first.id)).toEqual(first);
      expect(await store().sessions.find(sessionId("3"))).toBeNull();
      expect(await everything(1, (page) => store().sessions.list(one.id, page))).toEqual([second, first]);
    });

    it("ST9 changes a session once from each state, and its links with it", async () => {
      const { sessions, links } = store();
      const planned = session(one, "1");
      await sessions.create(planned);
      const link = {
        id: linkIdSchema.parse("lnk_1"),
        sessionId: planned.id,
        enrolmentId: null,
        staffId: null,
        expiresAt: 5,
        revokedAt: null,
        createdAt: 1,
      };
      await links.create(link, "hash");
      const changed = {
        ...planned,
        title: "Lain",
        group: "B",
        slots: [],
        removedSlots: planned.slots,
        sequence: 1,
        updatedAt: 2_000,
        cancellation: { at: 2_000, by: "adm_1", reason: "Banjir" },
      };
      expect(await sessions.change(changed, 9, 0)).toEqual({ ok: true });
      expect(await sessions.find(planned.id)).toEqual(changed);
      expect(await sessions.all(one.id)).toEqual([changed]);
      expect(await links.find(link.id)).toEqual({ ...link, expiresAt: 9 });
      expect(await sessions.change({ ...changed, title: "Lagi" }, 10, 1)).toMatchObject({ code: "conflict" });
      expect(await sessions.find(planned.id)).toEqual(changed);
      expect(await links.find(link.id)).toEqual({ ...link, expiresAt: 9 });
    });

    it("ST10 fixes a roster once and only adds to it later", async () => {
      const { sessions } = store();
      await sessions.create(session(one, "1"));
      expect(await sessions.fixedRoster(sessionId("1"))).toBeNull();
      await sessions.fixRoster(sessionId("1"), []);
      expect(await sessions.fixedRoster(sessionId("1"))).toEqual([]);
      await sessions.fixRoster(sessionId("1"), [enrolmentId("b"), enrolmentId("a")]);
      await sessions.fixRoster(sessionId("1"), [enrolmentId("a"), enrolmentId("c")]);
      expect(await sessions.fixedRoster(sessionId("1"))).toEqual(["enr_b", "enr_a", "enr_c"]);
      await expect(sessions.fixRoster(sessionId("2"), [])).rejects.toThrow("ses_2");
    });
  });
}

export function decksContract(store: () => Store): void {
  it("ST12 keeps decks, and fails those whose making was interrupted", async () => {
    const one = programme("A1");
    await store().programmes.create(one);
    await store().sessions.create(session(one, "1"));
    const deckOf = (name: string) => ({
      id: deckIdSchema.parse(`dck_${name}`),
      sessionId: sessionId("1"),
      title: name,
      status: "processing" as const,
      failure: null,
      pageCount: 0,
      createdAt: 1,
    });
    const { decks } = store();
    for (const name of ["b", "a"]) await decks.create(deckOf(name));
    const ready = { status: "ready", failure: null, pageCount: 12 } as const;
    await decks.update(deckOf("b").id, ready);
    await decks.failInterrupted(Number.MAX_SAFE_INTEGER);
    expect(await decks.list(sessionId("1"))).toEqual([
      { ...deckOf("b"), ...ready },
      { ...deckOf("a"), status: "failed", failure: "unavailable" },
    ]);
    expect(await decks.find(deckOf("b").id)).toEqual({ ...deckOf("b"), ...ready });
    await expect(decks.update(deckIdSchema.parse("dck_c"), ready)).rejects.toThrow("dck_c");
  });
}

export function settingsContract(store: () => Store): void {
  it("ST13 keeps the first value of a setting", async () => {
    const { settings } = store();
    expect(await settings.get("secret")).toBeNull();
    const values = await Promise.all(["one", "two"].map((value) => settings.putIfAbsent("secret", value)));
    expect(values).toEqual(["one", "one"]);
    expect(await settings.get("secret")).toBe("one");
  });
}
