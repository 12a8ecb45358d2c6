import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { MAIN_ROOM } from "../../server/protocol/ids.ts";
import { startServerProcess } from "../support/server-process.ts";
import { type ClassPerson, joinClass } from "./breakouts/class-person.ts";
import { seedClass } from "./breakouts/seeded-class.ts";
import { type Figure, machine, tableFrom } from "./evidence/measured.ts";

/**
 * `npm run bench -- breakouts [--json FILE]`: 300 people in 60 rooms over real sockets and the real media worker:
 * how long opening and closing take until the last person is there, and whether anything is routed out of a room.
 * People and server share the machine's cores. Ends with 1 where a figure is missed.
 */
const PEOPLE = 300;
const ROOMS = 60;
/** In each room so many speak. */
const SPEAKERS = 2;
const MOST_SECONDS = 2;
const DEADLINE_MS = 30_000;

const { values } = parseArgs({ options: { json: { type: "string" } } });
const say = (line: string) => process.stderr.write(`${line}\n`);
const dataDir = await mkdtemp(join(tmpdir(), "balai-bench-"));
const { instructor, participants } = await seedClass(dataDir, PEOPLE);
const server = await startServerProcess({ dataDir });
try {
  const figures = await measure();
  process.stdout.write(`${tableFrom(figures)}\n`);
  if (values.json)
    await writeFile(values.json, `${JSON.stringify({ machine: machine(), figures }, null, 2)}\n`);
  process.exitCode = figures.every(({ value, atMost }) => atMost === null || value <= atMost) ? 0 : 1;
} finally {
  await server.close();
  await rm(dataDir, { recursive: true, force: true });
}

async function measure(): Promise<Figure[]> {
  const link = (token: string) => `${server.url}/join#${token}`;
  const staff = await joinClass(link(instructor), 0);
  await staff.command("class.open", {});
  say(`${PEOPLE} people join`);
  const people: ClassPerson[] = [];
  for (let start = 0; start < participants.length; start += 20) {
    const some = participants.slice(start, start + 20);
    people.push(
      ...(await Promise.all(some.map((token, index) => joinClass(link(token), start + index + 1)))),
    );
  }

  say(`${ROOMS} rooms open`);
  await staff.command("breakouts.plan", { count: ROOMS, assign: "even" });
  const openingAt = performance.now();
  await staff.command("breakouts.open", {});
  await until(() => people.every((person) => person.room() !== MAIN_ROOM));
  const opened = lastMove(people) - openingAt;

  say(`${SPEAKERS} of each room speak`);
  const rooms = Map.groupBy(people, (person) => person.room());
  const speakers = [...rooms.values()].flatMap((members) => members.slice(0, SPEAKERS));
  await Promise.all(speakers.map((one) => one.command("media.resume", { source: "microphone" })));
  const expected = [...rooms.values()].reduce((sum, members) => sum + consumersIn(members.length), 0);
  await until(() => countConsumers(people) >= expected);
  const crossing = crossingConsumers(people);
  const routed = countConsumers(people);

  say("all rooms close");
  const closingAt = performance.now();
  await staff.command("breakouts.close", {});
  await until(() => people.every((person) => person.room() === MAIN_ROOM));
  const closed = lastMove(people) - closingAt;

  for (const person of [staff, ...people]) person.close();
  return [
    {
      what: `${ROOMS} rooms opened, until the last of ${PEOPLE} is in`,
      value: opened / 1000,
      unit: "s",
      atMost: MOST_SECONDS,
    },
    {
      what: "all rooms closed, until the last is back",
      value: closed / 1000,
      unit: "s",
      atMost: MOST_SECONDS,
    },
    { what: "consumers inside rooms", value: routed, unit: `of ${expected}`, atMost: expected },
    { what: "consumers that cross rooms", value: crossing, unit: "", atMost: 0 },
  ];
}

/** Everybody hears the speakers of their room, themselves apart. */
function consumersIn(size: number): number {
  const speaking = Math.min(SPEAKERS, size);
  return size * speaking - speaking;
}

function countConsumers(people: readonly ClassPerson[]): number {
  return people.reduce((sum, person) => sum + person.hears().length, 0);
}

function crossingConsumers(people: readonly ClassPerson[]): number {
  const roomOf = new Map(people.map((person) => [person.connectionId, person.room()]));
  return people.reduce((sum, person) => {
    return sum + person.hears().filter((connectionId) => roomOf.get(connectionId) !== person.room()).length;
  }, 0);
}

function lastMove(people: readonly ClassPerson[]): number {
  return Math.max(...people.map((person) => person.movedAt()));
}

/** Looks often, and gives up loudly. */
async function until(isTrue: () => boolean): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error("the class did not get there in time");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
