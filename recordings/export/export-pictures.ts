import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ExportSource, Slides } from "../../server/ports.ts";
import { deckIdSchema, type PersonId } from "../../server/protocol/ids.ts";
import { cardPng, cornerPng, labelPng, personPng } from "./draw-cards.ts";
import type { Stage } from "./export-plan.ts";
import { dateTextFrom, type ExportWords } from "./export-words.ts";
import { CORNER_WIDTH, type Input, type ShotInputs, WIDTH } from "./shot-arguments.ts";

export interface PictureParts {
  readonly folder: string;
  readonly source: ExportSource;
  readonly words: ExportWords;
  readonly slides: Pick<Slides, "pictureFile">;
}

/** The still pictures of an export: slides as they are, and cards and names, drawn when first needed. */
export function createExportPictures({ folder, source, words, slides }: PictureParts) {
  const drawn = new Map<string, Promise<string>>();

  function draw(key: string, make: () => Promise<Buffer>): Promise<string> {
    const known = drawn.get(key);
    if (known) return known;
    const file = `card-${drawn.size}.png`;
    const made = make().then(async (png) => {
      await writeFile(join(folder, file), png);
      return file;
    });
    drawn.set(key, made);
    return made;
  }

  const still = async (file: Promise<string>): Promise<Input> => ({ kind: "still", file: await file });
  const nameOf = (personId: PersonId) =>
    source.people.find((one) => one.personId === personId)?.name ?? words.unknownPerson;

  function title(): Promise<Input> {
    const { session, startAt } = source;
    const below = [session.programme, dateTextFrom(startAt, session.timeZone, words)];
    return still(draw("title", () => cardPng(session.title, below)));
  }

  return {
    /** What fills the picture where no track does. */
    async stage(stage: Stage): Promise<Input> {
      if (stage.kind === "slide") {
        const deckId = deckIdSchema.safeParse(stage.deckId);
        const file = deckId.success ? slides.pictureFile(deckId.data, stage.page, 1920) : null;
        return file === null ? title() : { kind: "still", file };
      }
      if (stage.kind === "card" && stage.card === "sheet") {
        return still(draw("sheet", () => cardPng(words.sheet, [source.session.title])));
      }
      const personId = stage.kind === "card" ? null : stage.personId;
      return personId === null
        ? title()
        : still(draw(`person ${personId}`, () => personPng(nameOf(personId))));
    },
    corner: (personId: PersonId): Promise<Input> =>
      still(draw(`corner ${personId}`, () => cornerPng(nameOf(personId)))),
    cornerLabel: (personId: PersonId | null) => label(personId, true),
    stageLabel: (personId: PersonId | null) => label(personId, false),
  };

  async function label(personId: PersonId | null, isInCorner: boolean): Promise<ShotInputs["label"]> {
    if (personId === null) return null;
    const width = isInCorner ? CORNER_WIDTH : WIDTH / 2;
    const file = await draw(`label ${isInCorner} ${personId}`, () => labelPng(nameOf(personId), width));
    return { file, isInCorner };
  }
}
