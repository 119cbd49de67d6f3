import { describe, expect, test } from "vitest";
import { pinFault, stillToWait, waitAfter } from "../src/vault/delay";
import { WrongPin, makeKey, openKey, rewrapKey, sealJson, unsealJson } from "../src/vault/keys";

const FEW = 1000; // rounds: the tests are about right and wrong, not about slow

describe("a PIN opens what was sealed under it", () => {
  test("and no other PIN does", async () => {
    const { wrapped, key } = await makeKey("290614", FEW);
    const sealed = await sealJson(key, "record/1", { remark: "ความลับ" });
    const again = await openKey(wrapped, "290614");
    expect(await unsealJson(again, "record/1", sealed)).toEqual({ remark: "ความลับ" });
    await expect(openKey(wrapped, "290615")).rejects.toBeInstanceOf(WrongPin);
  });

  test("what is sealed does not open in the place of another, nor after a change", async () => {
    const { key } = await makeKey("290614", FEW);
    const sealed = await sealJson(key, "record/1", { n: 1 });
    await expect(unsealJson(key, "record/2", sealed)).rejects.toThrow();
    new Uint8Array(sealed.text)[0]! ^= 1;
    await expect(unsealJson(key, "record/1", sealed)).rejects.toThrow();
  });

  test("the key cannot be read out of memory", async () => {
    const { key } = await makeKey("290614", FEW);
    await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
  });

  test("a new PIN opens the same things, and the old one nothing", async () => {
    const { wrapped, key } = await makeKey("290614", FEW);
    const sealed = await sealJson(key, "token", "t");
    const changed = await rewrapKey(wrapped, "290614", "731905");
    expect(await unsealJson(await openKey(changed, "731905"), "token", sealed)).toBe("t");
    await expect(openKey(changed, "290614")).rejects.toBeInstanceOf(WrongPin);
    await expect(rewrapKey(wrapped, "000000", "731905")).rejects.toBeInstanceOf(WrongPin);
  });
});

test("guessing becomes slow, and stays bearable", () => {
  expect([0, 1, 2, 3, 4, 5].map(waitAfter)).toEqual([0, 0, 0, 10_000, 20_000, 40_000]);
  expect(waitAfter(500)).toBe(15 * 60_000);
  expect(stillToWait(3, 1_000_000, 1_004_000)).toBe(6_000);
  expect(stillToWait(3, 1_000_000, 1_011_000)).toBe(0);
  expect(stillToWait(3, 1_000_000, 0)).toBe(10_000); // the clock was put back
});

test.each(["12345", "1234567", "abcdef", "123456", "654321", "777777", "121212"])("%s is no PIN", (pin) => {
  expect(pinFault(pin)).not.toBe("");
});
