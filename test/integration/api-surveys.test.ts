import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import readXlsxFile from "read-excel-file/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../server/new-id.ts";
import type { Enrolment, Session } from "../../server/ports.ts";
import { DEFAULT_POLICY } from "../../server/protocol/evidence.ts";
import {
  END_SURVEY,
  type OwnSurvey,
  type OwnSurveys,
  type ProgrammeSurveys,
  type SurveyReport,
} from "../../server/protocol/surveys.ts";
import { openSqliteReadOnly } from "../../server/store/sqlite-database.ts";
import { createSqliteStore } from "../../server/store/store.ts";
import { quietLog } from "../contract/records.ts";
import { type ApiServer, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type LinkOf, type TrainingCentre } from "../support/training-centre.ts";

const HOUR_MS = 3_600_000;

let server: ApiServer;
let centre: TrainingCentre;
beforeEach(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server);
});
afterEach(() => server.close());

/** A whole class with the instructor and these people in it, closed. */
async function hold(session: Session, people: readonly Enrolment[]): Promise<void> {
  const [slot] = session.slots;
  if (!slot) throw new Error("the session has no slot");
  const by = centre.instructor.id;
  const rest = { device: "d", room: "main" } as const;
  const joined = [{ staffId: by }, ...people.map(({ id }) => ({ enrolmentId: id }))];
  await server.store.classes.append(session.id, [
    { seq: 1, at: slot.startAt, type: "class.opened", by },
    ...joined.map((who, index) => ({
      seq: index + 2,
      at: slot.startAt,
      type: "presence.joined" as const,
      connectionId: newId("con"),
      ...who,
      ...rest,
    })),
    { seq: joined.length + 2, at: slot.endAt, type: "class.closed", by },
  ]);
}

/** People of the roster beside Ayu and Budi. */
async function enrolMore(count: number): Promise<readonly Enrolment[]> {
  const rows = Array.from({ length: count }, (_, index) => ({
    ...centre.ayu,
    newId: newId("enr"),
    externalId: `X${index}`,
    name: `Citra ${index}`,
  }));
  await server.store.enrolments.put(centre.programme.id, rows, server.clock.now());
  return await server.store.enrolments.roster(centre.programme.id, null);
}

const pathOf = ({ linkId }: LinkOf) => `/api/v1/join/${linkId}/surveys`;
const read = (link: LinkOf) => server.call("get", pathOf(link), { cookie: link.cookie });
const send = (link: LinkOf, json: unknown) =>
  server.call("post", pathOf(link), { cookie: link.cookie, json });
const surveysOf = async (link: LinkOf) => ((await read(link)).json as OwnSurveys).surveys;

const scalesOf = ({ questions }: OwnSurvey) =>
  questions.filter(({ kind }) => kind === "scale").map(({ key }) => key);

/** An answer to a form: every scale the same, and a text. */
function filled(survey: OwnSurvey, rating = 4, text = "Latihan") {
  return {
    survey: survey.survey,
    ratings: scalesOf(survey).map((question) => ({ question, rating })),
    texts: [{ question: "text.advice", text }],
  };
}

async function firstOf(link: LinkOf): Promise<OwnSurvey> {
  const [survey] = await surveysOf(link);
  if (!survey) throw new Error("no survey is asked");
  return survey;
}

const report = async (session = centre.session) =>
  (await server.call("get", `/api/v1/sessions/${session.id}/surveys`, centre.key)).json as SurveyReport;

describe("filling in surveys", () => {
  it("SV8 asks who was there, once the class is closed, and nobody else", async () => {
    const { participant, otherParticipant } = centre.links;
    expect(await surveysOf(participant)).toEqual([]);
    await hold(centre.session, [centre.ayu]);
    await server.classes.open(centre.session.id, "test");
    await server.classes.close(centre.session.id, "test");
    const survey = await firstOf(participant);
    expect(survey).toMatchObject({ survey: centre.session.id, title: "Sesi pagi", isAnswered: false });
    expect(survey.questions[0]).toMatchObject({
      code: "instructor.mastery",
      instructor: { staffId: centre.instructor.id, name: centre.instructor.name },
    });
    expect(await surveysOf(otherParticipant)).toEqual([]);
    expect(await send(otherParticipant, filled(survey))).toMatchObject({
      status: 409,
      json: { code: "survey-not-open" },
    });
    expect((await read({ ...otherParticipant, cookie: participant.cookie })).status).toBe(401);
    expect((await send({ ...otherParticipant, cookie: participant.cookie }, filled(survey))).status).toBe(
      401,
    );
    expect((await read(centre.links.instructor)).status).toBe(403);
  });

  it("SV8 asks for the end's after the last session, and counts both towards completion", async () => {
    await server.store.programmes.changePolicy(centre.programme.id, {
      ...DEFAULT_POLICY,
      requirements: [{ code: "survey" }],
    });
    await hold(centre.session, [centre.ayu]);
    await hold(centre.otherSession, []);
    server.clock.advance(HOUR_MS);
    const { participant } = centre.links;
    const needOf = async () => {
      const { json } = await server.call("get", `/api/v1/join/${participant.linkId}/completion`, {
        cookie: participant.cookie,
      });
      return (json as { decision: { requirements: unknown[] } }).decision.requirements[0];
    };
    const [session, end] = await surveysOf(participant);
    expect(end).toMatchObject({ survey: END_SURVEY, title: null });
    expect(await needOf()).toMatchObject({
      required: 2,
      found: 0,
      met: false,
      missingSurveys: [
        { survey: centre.session.id, title: "Sesi pagi" },
        { survey: "end", title: null },
      ],
    });
    expect((await send(participant, filled(session as OwnSurvey))).status).toBe(201);
    expect(await needOf()).toMatchObject({ found: 1, missingSurveys: [{ survey: "end" }] });
    expect((await send(participant, filled(end as OwnSurvey))).status).toBe(201);
    expect(await needOf()).toMatchObject({ found: 2, met: true, why: "surveys-answered" });
    expect(await surveysOf(participant)).toMatchObject([
      { isAnswered: true, questions: [] },
      { isAnswered: true, questions: [] },
    ]);
    const { json } = await server.call("get", "/api/v1/programmes/PAI-2026/completion", centre.key);
    expect(json).toMatchObject({ items: [{ status: "complete" }, { status: "incomplete" }] });
  });

  it("SV8 asks by a link made days after the last session, too", async () => {
    await hold(centre.session, [centre.ayu]);
    await hold(centre.otherSession, []);
    server.clock.advance(10 * 24 * HOUR_MS);
    expect((await read(centre.links.participant)).status).toBe(401);
    const late = await centre.linkFor(centre.ayu);
    const [session, end] = await surveysOf(late);
    expect([session?.survey, end?.survey]).toEqual([centre.session.id, END_SURVEY]);
    for (const survey of [session, end]) {
      expect((await send(late, filled(survey as OwnSurvey))).status).toBe(201);
    }
  });

  it("SV4 takes one answer, also of five that come at once", async () => {
    await hold(centre.session, [centre.ayu]);
    const { participant } = centre.links;
    const survey = await firstOf(participant);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => send(participant, filled(survey))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409]);
    expect(await send(participant, filled(survey, 1))).toMatchObject({ json: { code: "survey-answered" } });
    expect(await report()).toMatchObject({ answered: 1 });
  });

  it("SV4 names what is wrong with an answer, and keeps nothing of it", async () => {
    await hold(centre.session, [centre.ayu]);
    const { participant } = centre.links;
    const survey = await firstOf(participant);
    const good = filled(survey);
    const [one, ...others] = good.ratings;
    const rated = (rating: unknown) => ({ ...good, ratings: [{ ...one, rating }, ...others] });
    const texted = (text: unknown) => ({ ...good, texts: [{ question: "text.advice", text }] });
    const bad: [unknown, string][] = [
      [{ ...good, ratings: others }, "ratings"],
      [rated(0), "ratings.0.rating"],
      [rated(6), "ratings.0.rating"],
      [rated(2.5), "ratings.0.rating"],
      [rated("5"), "ratings.0.rating"],
      [rated(null), "ratings.0.rating"],
      [{ ...good, ratings: [...good.ratings, one] }, `ratings.${good.ratings.length}.question`],
      [{ ...good, ratings: [{ question: "__proto__", rating: 5 }, ...good.ratings] }, "ratings.0.question"],
      [{ ...good, ratings: Array.from({ length: 100 }, () => one) }, "ratings"],
      [texted("a\u0000b"), "texts.0.text"],
      [texted("\ud800"), "texts.0.text"],
      [texted("x".repeat(2001)), "texts.0.text"],
      [texted(7), "texts.0.text"],
      [{ ...good, survey: "ses_../../x" }, "survey"],
      [{ ...good, enrolmentId: centre.budi.id }, "enrolmentId"],
      [null, ""],
      [[], ""],
    ];
    for (const [json, path] of bad) {
      expect(await send(participant, json), path).toMatchObject({
        status: 400,
        json: { errors: [{ path }] },
      });
    }
    expect((await send(participant, texted("x".repeat(10 * 1024 * 1024)))).status).toBe(413);
    const unknown = { ...good, survey: newId("ses") };
    expect(await send(participant, unknown)).toMatchObject({ json: { code: "survey-not-open" } });
    expect(await report()).toMatchObject({ answered: 0 });
    expect((await send(participant, texted("<script>alert(1)</script>\n=1+1"))).status).toBe(201);
    expect(server.faults).toEqual([]);
  });
});

describe("reports of surveys", () => {
  async function answeredBy(count: number, text = (index: number) => `=Saran ${index}`) {
    const people = await enrolMore(6);
    await hold(centre.session, people);
    for (const [index, person] of people.slice(0, count).entries()) {
      const link = await centre.linkFor(person);
      await send(link, filled(await firstOf(link), (index % 5) + 1, text(index)));
    }
  }

  it("SV5 shows nothing of four answers, and five at once", async () => {
    await answeredBy(4);
    const few = await report();
    expect(few).toMatchObject({
      asked: 8,
      answered: 4,
      shown: 0,
      mean: null,
      results: [],
      isCollecting: true,
    });
    expect(JSON.stringify(few)).not.toContain("Saran");
    const csv = await server.call(
      "get",
      `/api/v1/sessions/${centre.session.id}/surveys?format=csv`,
      centre.key,
    );
    expect(csv.text).not.toContain("Saran ");
  });

  it("SV5 adds the rest when nobody can answer any more", async () => {
    await answeredBy(7);
    expect(await report()).toMatchObject({ answered: 7, shown: 5 });
    // Whoever gets a link made later (LK8) can still answer.
    server.clock.advance(13 * 24 * HOUR_MS);
    expect(await report()).toMatchObject({ answered: 7, shown: 5, isCollecting: true });
    server.clock.advance(25 * HOUR_MS);
    expect(await report()).toMatchObject({ answered: 7, shown: 7, isCollecting: false });
  });

  it("SV6 counts and lists per question, for a session and for the programme", async () => {
    await answeredBy(5);
    const session = await report();
    expect(session).toMatchObject({ shown: 5, mean: 3, minAnswers: 5 });
    expect(session.results[0]).toMatchObject({ count: 5, mean: 3, distribution: [1, 1, 1, 1, 1] });
    expect(session.results.at(-1)?.texts).toEqual([0, 1, 2, 3, 4].map((index) => `=Saran ${index}`));
    const { json } = await server.call("get", "/api/v1/programmes/PAI-2026/surveys", centre.key);
    const whole = json as ProgrammeSurveys;
    expect(whole.sessions).toMatchObject([{ title: "Sesi pagi", answered: 5, mean: 3 }, { answered: 0 }]);
    expect(whole.end).toMatchObject({ survey: "end", asked: 0, results: [] });
  });

  it("SV6 comes as CSV and XLSX without a formula", async () => {
    await answeredBy(5);
    for (const path of [
      `/api/v1/sessions/${centre.session.id}/surveys`,
      "/api/v1/programmes/PAI-2026/surveys",
    ]) {
      const csv = await server.call("get", `${path}?format=csv`, centre.key);
      expect(csv.text).toContain("Sesi pagi;8;5;5;Waktu cukup dan teratur;;5;3,00;1;1;1;1;1;");
      expect(csv.text).toContain(";'=Saran 0");
      const response = await fetch(`http://127.0.0.1:${server.port}${path}?format=xlsx`, {
        headers: { authorization: `Bearer ${centre.key.key}` },
      });
      const [sheet] = await readXlsxFile(Buffer.from(await response.arrayBuffer()));
      expect(sheet?.data.flat()).toContain("=Saran 4");
    }
    const wrong = await server.call("get", "/api/v1/programmes/PAI-2026/surveys?format=pdf", centre.key);
    expect(wrong).toMatchObject({ status: 400, json: { errors: [{ path: "format" }] } });
  });
});

describe("what a programme asks", () => {
  const PATH = "/api/v1/programmes/PAI-2026/survey-settings";
  const put = (json: unknown) => server.call("put", PATH, { ...centre.key, json });

  it("SV3 asks the programme's own questions, and nothing that is turned off", async () => {
    await hold(centre.session, [centre.ayu]);
    const own = { form: "session", kind: "text", words: "Topik lain?" };
    const changed = await put({ sessionForm: true, endForm: false, ownQuestions: [own] });
    expect(changed).toMatchObject({ status: 200, json: { version: 2, endForm: false, ownQuestions: [own] } });
    const survey = await firstOf(centre.links.participant);
    expect(survey.questions).toContainEqual(expect.objectContaining({ code: "own", words: "Topik lain?" }));
    await put({ sessionForm: false, endForm: false });
    const changes = (await server.store.trail.rowsAfter(0, 1000)).filter(
      ({ action }) => action === "surveys.changed",
    );
    expect(changes.map(({ detail }) => detail)).toEqual([
      { fields: ["endForm", "ownQuestions"] },
      { fields: ["sessionForm", "ownQuestions"] },
    ]);
    expect(await surveysOf(centre.links.participant)).toEqual([]);
    expect((await server.call("get", PATH, centre.key)).json).toMatchObject({ version: 3, ownQuestions: [] });
  });

  it("SV3 refuses questions that are too many, too long, or the same twice", async () => {
    const own = (words: string) => ({ form: "end", kind: "scale", words });
    const many = Array.from({ length: 6 }, (_, index) => own(`${index}`));
    const bad: [unknown, string][] = [
      [many, "ownQuestions"],
      [[own("x".repeat(201))], "ownQuestions.0.words"],
      [[own("a\nb")], "ownQuestions.0.words"],
      [[own("")], "ownQuestions.0.words"],
      [[own("sama"), own("sama ")], "ownQuestions.1.words"],
      [[{ ...own("a"), kind: "stars" }], "ownQuestions.0.kind"],
    ];
    for (const [ownQuestions, path] of bad) {
      const answer = await put({ sessionForm: true, endForm: true, ownQuestions });
      expect(answer).toMatchObject({ status: 400, json: { errors: [{ path }] } });
    }
  });
});

describe("anonymity", () => {
  it("SV7 keeps nothing in the database that joins an answer with a person", async () => {
    const folder = await mkdtemp(join(tmpdir(), "balai-surveys-"));
    const file = join(folder, "balai.sqlite");
    const store = await createSqliteStore({ file, log: quietLog });
    await store.programmes.create(centre.programme);
    const rows = Array.from({ length: 12 }, (_, index) => ({
      ...centre.ayu,
      newId: newId("enr"),
      externalId: `${index}`,
    }));
    await store.enrolments.put(centre.programme.id, rows, 1);
    for (const [index, { newId: enrolmentId }] of rows.entries()) {
      await store.surveys.answer({
        id: newId("ans"),
        programmeId: centre.programme.id,
        survey: END_SURVEY,
        enrolmentId,
        content: { ratings: [{ question: "programme.overall", rating: (index % 5) + 1 }], texts: [] },
      });
    }
    await store.close();
    const db = openSqliteReadOnly(file);
    if (!db) throw new Error("the database is missing");
    const tables = await db.introspection.getTables();
    const columnsOf = (name: string) =>
      tables.find((table) => table.name === name)?.columns.map((column) => column.name);
    expect(columnsOf("survey_answers")).toEqual(["id", "programme_id", "survey", "batch", "content"]);
    expect(columnsOf("survey_returns")).toEqual(["enrolment_id", "survey", "programme_id"]);
    const kept = await db.selectFrom("survey_answers").selectAll().execute();
    const people = new Set(rows.map((row) => row.newId as string));
    for (const row of kept) {
      expect(Object.values(row).some((value) => people.has(String(value)))).toBe(false);
      expect(Object.keys(JSON.parse(row.content))).toEqual(["ratings", "texts"]);
    }
    // Without a rowid SQLite lays rows by their key: by random ids, and by people's.
    for (const table of ["survey_answers", "survey_returns"] as const) {
      await expect(
        db
          .selectFrom(table)
          .select(({ ref }) => ref("rowid" as "survey").as("rowid"))
          .execute(),
      ).rejects.toThrow("no such column");
    }
    expect(kept.map(({ id }) => id)).toEqual(kept.map(({ id }) => id).toSorted());
    await db.destroy();
    await rm(folder, { recursive: true });
  });
});
