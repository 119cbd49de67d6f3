import { describe, expect, it } from "vitest";
import { dateInWords, isoFrom, plainDigits, typedFrom, type Grain } from "../../src/form/thai";

const iso = (day: string, month: string, year: string, grain: Grain = "day") => isoFrom({ day, month, year }, grain);

describe("what is typed as a day", () => {
  it.each([
    ["15", "3", "2493", "1950-03-15"],
    ["๑๕", "3", "๒๔๙๓", "1950-03-15"],
    ["15", "3", "1950", "1950-03-15"], // a Gregorian year is understood
    ["29", "2", "2567", "2024-02-29"],
    ["", "", "", ""],
  ])("%s %s %s is %s", (day, month, year, expected) => expect(iso(day, month, year)).toBe(expected));

  it.each([
    ["31", "2", "2569"],
    ["29", "2", "2569"], // not a leap year
    ["0", "1", "2500"],
    ["1", "", "2500"],
    ["", "5", "2500"],
    ["1", "1", "250"],
    ["1", "1", "3900"],
    ["x", "1", "2500"],
  ])("%s %s %s is no day", (day, month, year) => expect(iso(day, month, year)).toBeNull());

  it("may be known in part where that is enough", () => {
    expect([iso("", "", "2493", "any"), iso("", "3", "2493", "any"), iso("15", "3", "2493", "any")]).toEqual(["1950", "1950-03", "1950-03-15"]);
    expect(iso("15", "", "2493", "any")).toBeNull(); // a day of no month
    expect([iso("", "3", "2493", "month"), iso("", "", "2493", "year")]).toEqual(["1950-03-01", "1950-01-01"]);
  });

  it("comes back as it was typed", () => {
    expect(typedFrom("1950-03-15")).toEqual({ day: "15", month: "3", year: "2493" });
    expect(typedFrom("1950")).toEqual({ day: "", month: "", year: "2493" });
    expect(typedFrom("")).toEqual({ day: "", month: "", year: "" });
  });
});

describe("what is told", () => {
  it("is a Thai day, or as much of it as is known", () => {
    expect(["1950-03-15", "1950-03", "1950"].map((each) => dateInWords(each, "th"))).toEqual(["15 มีนาคม 2493", "มีนาคม 2493", "พ.ศ. 2493"]);
    expect(dateInWords("1950-03-15", "en")).toBe("15 March 1950");
  });
  it("turns Thai digits and grouped thousands into plain ones, and leaves a comma in words", () => {
    expect([plainDigits("๑๒,๕๐๐"), plainDigits("1,234,567"), plainDigits("ก,ข"), plainDigits("1,5")]).toEqual(["12500", "1234567", "ก,ข", "1,5"]);
  });
});
