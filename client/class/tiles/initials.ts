/** Exported recordings show people the same way. */
export { colourFrom, initialsFrom, shortNameFrom } from "../../../server/protocol/initials.ts";
