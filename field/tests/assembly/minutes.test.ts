// What stands after the steps of a meeting, as the server says it too: tests/assembly/test_both_sides_fold_alike.py reads
// the same stories.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Step, hashesOf } from "../../src/assembly/chain";
import { StepRefused, after, apply } from "../../src/assembly/minutes";
import { type Meeting, together } from "../../src/assembly/meeting";

interface Story {
  name: string;
  id: string;
  steps: string[];
  hashes: string[];
  stands: object;
  refused: string[];
}
const stories = JSON.parse(readFileSync("tests/assembly/stories.json", "utf8")) as Story[];

test.each(stories)("$name", async ({ id, steps, hashes, stands, refused }) => {
  expect(after(steps)).toEqual(stands);
  expect((await hashesOf(id, steps)).slice(1)).toEqual(hashes);
  for (const text of refused) expect(() => apply(after(steps), JSON.parse(text) as Step)).toThrow(StepRefused);
});

const held = (steps: string[]) => ({ id: "a", village: "ม.1", may_run: true, batch_withdrawn: false, steps });
const kept = (steps: string[], sent: number): Meeting => ({ id: "a", village: "ม.1", mayRun: true, withdrawn: false, steps, sent, refused: [], message: "" });

test("steps that only the phone has stay to be sent", () => {
  expect(together(kept(["1", "2", "3"], 1), held(["1", "2"]))).toMatchObject({ steps: ["1", "2", "3"], sent: 2, refused: [] });
});

test("steps that another phone wrote are taken along", () => {
  expect(together(kept(["1"], 1), held(["1", "2"]))).toMatchObject({ steps: ["1", "2"], sent: 2, refused: [] });
});

test("steps that another phone overtook are kept apart, and none is lost", () => {
  expect(together(kept(["1", "b", "c"], 1), held(["1", "2"]))).toMatchObject({ steps: ["1", "2"], sent: 2, refused: ["b", "c"] });
});
