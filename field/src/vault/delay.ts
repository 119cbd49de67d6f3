// How long to wait after wrong PINs: three are free, then 10 s, 20 s, 40 s … up to 15 minutes.

const FREE = 3;
const FIRST_WAIT = 10_000;
const LONGEST_WAIT = 15 * 60_000;

/** Milliseconds to wait after so many wrong PINs in a row. */
export const waitAfter = (wrong: number): number =>
  wrong < FREE ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(wrong - FREE, 10));

/** Milliseconds still to wait. A clock that was put back does not lengthen the wait. */
export const stillToWait = (wrong: number, lastWrong: number, now: number): number => {
  const whole = waitAfter(wrong);
  return Math.max(0, Math.min(whole, lastWrong + whole - now));
};

const EASY = ["012345", "123456", "234567", "345678", "456789", "567890", "987654", "876543", "765432", "654321"];

export type PinFault = "pin_six_digits" | "pin_easy";

/** What is wrong with a new PIN, as the key of its sentence; "" where nothing is. */
export function pinFault(pin: string): PinFault | "" {
  if (!/^\d{6}$/.test(pin)) return "pin_six_digits";
  return /^(\d)\1{5}$/.test(pin) || /^(\d\d)\1\1$/.test(pin) || EASY.includes(pin) ? "pin_easy" : "";
}
