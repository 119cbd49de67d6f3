// Days for Thai readers: Thai months, Buddhist era. In English the year is Gregorian.

import { language } from "../settings";

const TH = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."];
const EN = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A day as exact as it is known: 2026-11-21, 1950-03 or 1950. */
export function day(iso: string): string {
  const [year = "", month, date] = iso.slice(0, 10).split("-");
  const thai = language() === "th";
  const words = [date && Number(date), month && (thai ? TH : EN)[Number(month) - 1], Number(year) + (thai ? 543 : 0)];
  return words.filter(Boolean).join(" ");
}

/** The day of a moment on this phone's clock, ISO. */
export function isoDay(at: number | Date): string {
  const local = new Date(at);
  return `${local.getFullYear()}-${String(local.getMonth() + 1).padStart(2, "0")}-${String(local.getDate()).padStart(2, "0")}`;
}

/** A moment: today only the time, else day and time. */
export function moment(at: number, now = Date.now()): string {
  const time = new Date(at).toTimeString().slice(0, 5) + (language() === "th" ? " น." : "");
  return isoDay(at) === isoDay(now) ? time : `${day(isoDay(at))} ${time}`;
}

/** Whole years on a day; undefined where the birth date is not known well enough. */
export function ageOn(birth: string, today: string): number | undefined {
  const [year, month, date] = birth.split("-").map(Number);
  const [thisYear = 0, thisMonth = 0, thisDate = 0] = today.split("-").map(Number);
  if (!year) return undefined;
  const before = month !== undefined && (thisMonth < month || (thisMonth === month && date !== undefined && thisDate < date));
  const age = thisYear - year - (before ? 1 : 0);
  return age >= 0 && age < 130 ? age : undefined;
}

const DAY = 86_400_000;
/** Whole days from one ISO day to another. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY);
