/** Thai digits and Thai years in and out. */

export const MONTHS = {
  th: ["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"],
  en: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
};

const BUDDHIST = 543;

/** ๑๒๓ → 123, and commas between thousands away. */
export function plainDigits(text: string): string {
  return text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50)).replace(/(\d),(?=\d{3})/g, "$1");
}

/** A day as it is typed: day, month 1–12, year of the Buddhist era; all may be empty. */
export interface Typed {
  day: string;
  month: string;
  year: string;
}

/** How much of a day a question wants, or lets be enough. */
export type Grain = "day" | "month" | "year" | "any";

export function typedFrom(iso: string): Typed {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(iso) ?? [];
  const bare = (part: string | undefined) => (part ? String(Number(part)) : "");
  return { year: year ? String(Number(year) + BUDDHIST) : "", month: bare(month), day: bare(day) };
}

export function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/**
 * ISO text of what was typed: "" when nothing is there, null when it is no day (yet).
 * A year above 2400 is of the Buddhist era, one from 1850 to 2150 Gregorian. With grain "any" a year or a month is enough;
 * "month" and "year" give the first day, as ODK Collect does.
 */
export function isoFrom(typed: Typed, grain: Grain): string | null {
  const [day, month, year] = [typed.day, typed.month, typed.year].map((part) => plainDigits(part).trim()) as [string, string, string];
  if (!day && !month && !year) return "";
  if (!/^\d{4}$/.test(year) || !/^\d{0,2}$/.test(day)) return null;
  const common = Number(year) > 2400 ? Number(year) - BUDDHIST : Number(year);
  if (common < 1850 || common > 2150) return null;
  if (grain === "year") return `${common}-01-01`;
  if (!month) return grain === "any" && !day ? `${common}` : null;
  const yearAndMonth = `${common}-${month.padStart(2, "0")}`;
  if (grain === "month") return `${yearAndMonth}-01`;
  if (!day) return grain === "any" ? yearAndMonth : null;
  if (Number(day) < 1 || Number(day) > daysIn(common, Number(month))) return null;
  return `${yearAndMonth}-${day.padStart(2, "0")}`;
}

/** 1950-03-15 → 15 มีนาคม 2493; 1950-03 → มีนาคม 2493; 1950 → พ.ศ. 2493. In English the year is Gregorian. */
export function dateInWords(iso: string, language: "th" | "en"): string {
  const { day, month, year } = typedFrom(iso);
  if (!year) return iso;
  const shown = language === "th" ? year : String(Number(year) - BUDDHIST);
  if (!month) return language === "th" ? `พ.ศ. ${shown}` : shown;
  return [day, MONTHS[language][Number(month) - 1], shown].filter(Boolean).join(" ");
}

export function todayIso(now = new Date()): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
