import type { Route } from "./route.ts";

/** Bodies as they are sent, by route; a test reads each with the route's own schema. */
const BODIES: Readonly<Record<string, unknown>> = {
  "post /api/v1/programmes": {
    code: "PAI-2026",
    title: "Pelatihan Pemanfaatan AI di Pemerintahan",
    units: [{ code: "KAI", title: "Konsep Artificial Intelligence", jp: 6 }],
    policy: {
      requirements: [
        { code: "attendance.total", minShare: 8000 },
        { code: "post-test", minScore: 70 },
      ],
    },
  },
  "put /api/v1/programmes/:programme/policy": {
    requirements: [{ code: "attendance.unit:KAI", minShare: 8000 }],
  },
  "put /api/v1/programmes/:programme/entry": {
    conditions: [{ rule: "maxAgeAtStart", field: "birthDate", years: 53 }],
  },
  "post /api/v1/programmes/:programme/enrolments": [
    { externalId: "198705122010012003", name: "Ayu Lestari", institution: "Dinas Kominfo", group: "A" },
  ],
  "post /api/v1/programmes/:programme/enrolments/preview": [
    { externalId: "198705122010012003", name: "Ayu Lestari" },
  ],
  "post /api/v1/programmes/:programme/staff": {
    name: "Ina Wulandari",
    email: "ina@contoh.go.id",
    role: "instructor",
  },
  "post /api/v1/programmes/:programme/sessions": {
    unit: "KAI",
    title: "Sesi pagi",
    mode: "online",
    timeZone: "Asia/Jakarta",
    slots: [{ startAt: 1_786_068_000_000, endAt: 1_786_070_700_000, jp: 1 }],
  },
  "post /api/v1/sessions/:sessionId/links": { enrolmentId: "enr_0123456789abcdef" },
  "post /api/v1/sessions/:sessionId/marks": [
    { slotId: "slt_0123456789abcdef", enrolmentId: "enr_0123456789abcdef", status: "present" },
  ],
  "post /api/v1/sessions/:sessionId/adjustments": {
    slotId: "slt_0123456789abcdef",
    enrolmentId: "enr_0123456789abcdef",
    jp: 1,
    reason: "Jaringan kantor terputus, dibenarkan oleh panitia",
  },
  "post /api/v1/programmes/:programme/results": [
    {
      externalId: "198705122010012003",
      requirement: "post-test",
      score: 87.5,
      takenAt: "2026-08-07T10:00:00+07:00",
      source: "LMS",
    },
  ],
  "post /api/v1/programmes/:programme/certificates": {},
};

const CSV: Readonly<Record<string, string>> = {
  "post /api/v1/programmes/:programme/enrolments":
    "externalId;name;institution\n198705122010012003;Ayu Lestari;Dinas Kominfo\n",
  "post /api/v1/programmes/:programme/results":
    "externalId;requirement;score;takenAt;source\n198705122010012003;post-test;87,5;2026-08-07;LMS\n",
};

/** An example of a route's body in one of its media types; undefined where there is none. */
export function bodyExampleOf({ method, path }: Pick<Route, "method" | "path">, type: string): unknown {
  const name = `${method} ${path}`;
  if (type === "application/json") return BODIES[name];
  return type === "text/csv" ? CSV[name] : undefined;
}
