import type { ErrorCode } from "../../server/protocol/errors.ts";
import { enClass } from "./en/class.ts";
import { enCommon } from "./en/common.ts";
import { enEnded } from "./en/ended.ts";
import { enErrors } from "./en/errors.ts";
import { enJoin } from "./en/join.ts";
import { enRecording } from "./en/recording.ts";
import { enRooms } from "./en/rooms.ts";
import { idClass } from "./id/class.ts";
import { idCommon } from "./id/common.ts";
import { idEnded } from "./id/ended.ts";
import { idErrors } from "./id/errors.ts";
import { idJoin } from "./id/join.ts";
import { idRecording } from "./id/recording.ts";
import { idRooms } from "./id/rooms.ts";
import { createTranslate } from "./translate.ts";

/** The words of the join, class and ended pages and of everything they share with the others. */
export const WORDS = {
  id: { ...idCommon, ...idJoin, ...idClass, ...idRooms, ...idRecording, ...idEnded },
  en: { ...enCommon, ...enJoin, ...enClass, ...enRooms, ...enRecording, ...enEnded },
} as const;

export const t = createTranslate(WORDS);

const errorWords = createTranslate({ id: idErrors, en: enErrors });

/** What went wrong and what to do, in the person's language. `offline` stands for no answer at all. */
export function errorText(code: ErrorCode | "offline"): string {
  return code === "offline" ? t("offline.request") : errorWords(code);
}
