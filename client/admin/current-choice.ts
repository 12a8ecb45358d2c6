import { signal } from "@preact/signals";
import type { ProgrammeJson } from "../../server/protocol/api-records.ts";
import { adminApi } from "./admin-api.ts";

/** What the rail's entries lead to: the programme and the session somebody is working on in this browser. */
const PROGRAMME = "balai.admin.programme";
const SESSION = "balai.admin.session";

/** All programmes; null until they are known. */
export const programmes = signal<readonly ProgrammeJson[] | null>(null);
export const currentProgramme = signal<ProgrammeJson | null>(null);

/** Asks for the programmes and chooses one: the one chosen before, or the newest. */
export async function loadProgrammes() {
  const answer = await adminApi.programmes();
  if (answer.ok) {
    programmes.value = answer.data;
    const chosen = currentProgramme.peek()?.code ?? stored(PROGRAMME);
    currentProgramme.value =
      answer.data.find((programme) => programme.code === chosen) ?? answer.data.at(-1) ?? null;
  }
  return answer;
}

/** Makes a programme the current one, by its code or id; one that is not known changes nothing. */
export function chooseProgramme(codeOrId: string): void {
  const known = programmes.peek()?.find(({ code, id }) => code === codeOrId || id === codeOrId);
  if (!known) return;
  currentProgramme.value = known;
  store(PROGRAMME, known.code);
}

/** The session looked at last, if it was looked at in this programme. */
export function currentSessionIn(programmeId: string): string | null {
  const [programme, session] = stored(SESSION)?.split(" ") ?? [];
  return programme === programmeId ? (session ?? null) : null;
}

export function chooseSession(programmeId: string, sessionId: string): void {
  chooseProgramme(programmeId);
  store(SESSION, `${programmeId} ${sessionId}`);
}

function stored(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function store(name: string, value: string): void {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // Without storage the choice lasts until the page is reloaded.
  }
}
