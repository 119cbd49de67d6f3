import { describe, expect, test } from "vitest";
import { clean, houseKey, isCitizenId, nameKey, soundKey } from "../src/registry/thai";
import examples from "./keys.json";

describe("names are compared as the server compares them", () => {
  test.each(examples)("$text", ({ text, ...theirs }) => {
    expect({ clean: clean(text), name: nameKey(text), sound: soundKey(text) }).toEqual(theirs);
  });
});

test("a spoken house number is found", () => {
  expect(houseKey("บ้านเลขที่ ๑๒ ทับ ๓")).toBe("12/3");
});

test("a mistyped citizen id is told from a right one", () => {
  expect(isCitizenId("1-1017-00230-70-8")).toBe(true);
  expect(isCitizenId("1101700230709")).toBe(false);
  expect(isCitizenId("110170023070")).toBe(false);
});
