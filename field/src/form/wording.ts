/** Answers and faults told in words, for the review and beside a question. */
import type { Fault, Language, Question } from "./adapter";
import type { Say } from "./say";
import { dateInWords } from "./thai";

export function faultInWords(question: Question, fault: Fault, say: Say): string {
  if (fault.message) return fault.message;
  if (fault.kind === "required") return say.missing;
  if (fault.kind === "constraint") return say.badValue;
  if (question.kind === "int") return say.badWhole;
  if (question.kind === "decimal") return say.badNumber;
  return question.kind === "trace" || question.kind === "shape" ? say.pointsNeeded(question.kind === "shape" ? 3 : 2) : say.badDate;
}

export function coordinates(value: string): { lat: number; lon: number; accuracy: number | null } | null {
  const [lat, lon, , accuracy] = value.split(" ").map(Number);
  if (lat === undefined || lon === undefined || Number.isNaN(lat) || Number.isNaN(lon)) return null;
  return { lat, lon, accuracy: accuracy ? accuracy : null };
}

/** The answer as one would say it; "" when there is none. */
export function answerInWords(question: Question, language: Language, say: Say): string {
  const { kind, value } = question;
  if (!value) return "";
  switch (kind) {
    case "one":
    case "many":
    case "rank": {
      const named = new Map(question.choices.map((choice) => [choice.value, choice.words.plain || choice.value]));
      return question.values.map((each) => named.get(each) ?? each).join(kind === "rank" ? " → " : ", ");
    }
    case "int":
    case "decimal":
      return question.looks("thousands-sep") ? Number(value).toLocaleString("en-US", { maximumFractionDigits: 10 }) : value;
    case "date":
    case "partial-date":
      return dateInWords(question.looks("year") ? value.slice(0, 4) : question.looks("month-year") ? value.slice(0, 7) : value, language);
    case "dateTime":
      return `${dateInWords(value, language)} ${value.slice(11, 16)}`;
    case "time":
      return value.slice(0, 5);
    case "geopoint": {
      const place = coordinates(value);
      if (!place) return value;
      const off = place.accuracy ? ` · ${say.accuracy(Math.round(place.accuracy))}` : "";
      return `${place.lat.toFixed(5)}, ${place.lon.toFixed(5)}${off}`;
    }
    case "trace":
    case "shape":
      return value.split(";").filter((point) => point.trim()).map((_, index) => say.point(index + 1)).join(", "); // prettier-ignore
    case "trigger":
      return say.understood;
    case "image":
      return say.picture;
    case "audio":
    case "video":
    case "file":
      return say.file;
    default:
      return value;
  }
}
