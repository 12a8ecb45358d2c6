import { useEffect } from "preact/hooks";
import { chooseProgramme, chooseSession, programmes } from "./current-choice.ts";

/** Makes the programme of this page the one that the rail's entries lead to. */
export function useCurrentProgramme(code: string): void {
  const known = programmes.value;
  useEffect(() => {
    if (known) chooseProgramme(code);
  }, [code, known]);
}

/** The same for a page about a session, once it is known whose it is. */
export function useCurrentSession(
  session: { readonly id: string; readonly programmeId: string } | null,
): void {
  const { id, programmeId } = session ?? {};
  useEffect(() => {
    if (id !== undefined && programmeId !== undefined) chooseSession(programmeId, id);
  }, [id, programmeId]);
}
