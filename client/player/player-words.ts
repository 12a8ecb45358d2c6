import { enPlayer } from "../i18n/en/player.ts";
import { idPlayer } from "../i18n/id/player.ts";
import { createTranslate } from "../i18n/translate.ts";

/** The words of the player. */
export const playerText = createTranslate({ id: idPlayer, en: enPlayer });
