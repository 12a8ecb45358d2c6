import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Classroom } from "./classroom.ts";

export const ClassroomContext = createContext<Classroom | null>(null);

/** The class around this component. */
export function useClassroom(): Classroom {
  const classroom = useContext(ClassroomContext);
  if (!classroom) throw new Error("useClassroom outside a class page");
  return classroom;
}
