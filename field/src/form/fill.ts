/** Fills a form by itself with answers that fit: for the tests of real forms and for measuring, not in the app. */
import type { Filling, Part, Question, Repeat } from "./adapter";
import { todayIso } from "./thai";

const PASSES = 8;
const CARDS = 2;
const DAY_MS = 86_400_000;

const WORDS = ["ทดสอบ", "Test", "1", "10", "2026", "12345", "0812345678", "1101700230708", "a@example.com", "x", "AB123", "test_1", "1950-03", "https://example.com"]; // prettier-ignore
const WHOLE = [1, 0, 2, 3, 5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 80, 100, 120, 150, 500, 1000, 2020, 2026, 5000, 100000, 812345678, -1];
const PARTS = [1, 0.5, 5, 10.5, 36.8, 50, 62.5, 100, 150, 0, 3.2, 1000, -1];
const DAYS = [0, -1, -7, -30, -200, -400, -2000, -9000, -13000, -25000, 1, 7, 30, 100, 200];

const day = (offset: number) => todayIso(new Date(Date.now() + offset * DAY_MS));

async function picture(): Promise<File> {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 16;
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg"));
  return new File(blob ? [blob] : [], "photo.jpg", { type: "image/jpeg" });
}

const OTHER_FILES: Record<string, [string, string]> = {
  audio: ["sound.mp3", "audio/mpeg"],
  video: ["film.mp4", "video/mp4"],
  file: ["note.txt", "text/plain"],
};

/** Answers to try, the likely ones first. */
function* answers(question: Question, turn: number): Generator<string | string[]> {
  switch (question.kind) {
    case "int":
      return yield* WHOLE.map(String);
    case "decimal":
      return yield* PARTS.map(String);
    case "date":
      return yield* DAYS.map(day);
    case "partial-date":
      return yield* ["1950-03", "1990", "2010-01-31", ...DAYS.map(day)];
    case "time":
      return yield* ["09:30:00.000+07:00", "18:00:00.000+07:00"];
    case "dateTime":
      return yield* DAYS.map((offset) => `${day(offset)}T09:30:00.000+07:00`);
    case "geopoint":
      return yield "9.138200 99.321700 10 8";
    case "trace":
      return yield "9.1382 99.3217 0 5; 9.1383 99.3218 0 5";
    case "shape":
      return yield "9.1382 99.3217 0 5; 9.1383 99.3218 0 5; 9.1382 99.3219 0 5; 9.1382 99.3217 0 5";
    case "range": {
      const { start, end, step } = question.bounds;
      return yield* [start, end, start + step, start + 2 * step].map(String);
    }
    case "trigger":
      return yield "OK";
    case "rank":
      return yield question.choices.map((choice) => choice.value);
    case "one":
    case "many": {
      const values = question.choices.map((choice) => choice.value);
      const turned = values.map((_, index) => values[(index + turn) % values.length] ?? "");
      yield* turned.map((value) => [value]);
      if (question.kind === "many") {
        yield* turned.slice(1).map((value, index) => [turned[index] ?? "", value]);
        yield values;
      }
      return;
    }
    default:
      yield* WORDS;
  }
}

async function answer(question: Question, turn: number): Promise<void> {
  if (question.kind === "image") return question.attach(await picture());
  const other = OTHER_FILES[question.kind];
  if (other) return question.attach(new File(["1"], other[0], { type: other[1] }));
  for (const tried of answers(question, turn)) {
    if (Array.isArray(tried)) question.choose(tried);
    else question.set(String(tried));
    if (!question.fault) return;
  }
}

function repeatsIn(parts: readonly Part[]): Repeat[] {
  return parts.flatMap((part) => {
    if (!part.shown || part.what === "question") return [];
    if (part.what === "section") return repeatsIn(part.parts);
    return [part, ...part.cards.flatMap((card) => repeatsIn(card.parts))];
  });
}

/**
 * Answer every question that is asked, also those that answers bring up, until nothing is missing or nothing moves.
 * `given` are answers by path or name, taken first; `turn` picks other choices of the lists. Tells what stays at fault.
 */
export async function fill(filling: Filling, given: Record<string, string> = {}, turn = 0): Promise<{ path: string; kind: string }[]> {
  const asked = new Set<string>();
  for (let pass = 0; pass < PASSES; pass += 1) {
    let moved = false;
    for (const repeat of repeatsIn(filling.parts)) {
      while (!repeat.fixed && repeat.cards.length < CARDS) {
        repeat.add();
        moved = true;
      }
    }
    for (const question of filling.questions()) {
      const isNew = !asked.has(question.path);
      if (question.kind === "note" || question.kind === "alert" || question.readonly || !question.shown) continue;
      if (!isNew && !question.fault) continue;
      asked.add(question.path);
      moved ||= isNew;
      const told = given[question.path] ?? given[question.name];
      if (told !== undefined && isNew) {
        if (question.kind === "one" || question.kind === "many" || question.kind === "rank") question.choose(told.split(" ").filter(Boolean));
        else question.set(told);
        if (!question.fault) continue;
      }
      await answer(question, turn);
    }
    if (!moved && filling.faulty().length === 0) break;
  }
  return filling.faulty().map((question) => ({ path: question.path, kind: question.fault?.kind ?? "" }));
}
