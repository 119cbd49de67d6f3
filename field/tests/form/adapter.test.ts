// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import "./jsdom";
import { openForm, warm, type Filling, type Opening, type Question, type Repeat } from "../../src/form/adapter";
import { FormNotOpened, type Known } from "../../src/form/source";
import { HOUSE, VILLAGES } from "./house";

const media = async (name: string) => (name === "villages.csv" ? new Blob([VILLAGES]) : undefined);
const open = (opening: Partial<Opening> = {}, xform = HOUSE) => openForm({ xform, media }, { language: "th", ...opening });
const ask = (filling: Filling, path: string): Question => {
  const found = filling.questions().find((question) => question.path === path);
  if (!found) throw new Error(`${path} is not asked`);
  return found;
};
const members = (filling: Filling) => filling.parts.find((part) => part.what === "repeat") as Repeat;
const picture = (name: string) => new File([new Uint8Array([1, 2, 3])], name, { type: "image/jpeg" });

describe("an empty form", () => {
  it("asks its questions in Thai, with choices from the file that came with it", async () => {
    const filling = await open();
    expect(ask(filling, "/data/income").label?.plain).toBe("รายได้");
    expect(ask(filling, "/data/village").choices.map((choice) => choice.words.plain)).toEqual(["บ้านเหนือ", "บ้านใต้"]);
    filling.speak("en");
    expect(ask(filling, "/data/income").label?.plain).toBe("Income");
  });

  it("offers a list that is always whole as the form has it, in either language", async () => {
    const filling = await open();
    const water = ask(filling, "/data/water");
    expect(water.choices.map((choice) => [choice.value, choice.words.plain])).toEqual([["tap", "ประปา"], ["well", "บ่อ"]]);
    water.choose(["well", "nowhere"]);
    filling.speak("en");
    expect(water.choices.map((choice) => choice.words.plain)).toEqual(["Tap", "Well"]);
    expect((await filling.save()).xml).toContain("<water>well</water>");
  });

  it("keeps guidance apart from the hint, in the language spoken", async () => {
    const filling = await open();
    expect(ask(filling, "/data/income").hint?.plain).toBe("บาทต่อเดือน");
    expect(ask(filling, "/data/income").guidance).toBe("ถามอย่างนุ่มนวล");
  });

  it("names what is missing and what is not right", async () => {
    const filling = await open();
    expect(filling.faulty().map((question) => question.path)).toEqual(["/data/income", "/data/members[1]/given_name"]);
    ask(filling, "/data/income").set("-5");
    expect(ask(filling, "/data/income").fault).toEqual({ kind: "constraint", message: "ต้องไม่ติดลบ" });
  });

  it("tells what cannot be read as an answer instead of losing it silently", async () => {
    const filling = await open();
    expect(ask(filling, "/data/income").set("ไม่รู้")).toBe(false);
    expect(ask(filling, "/data/income").fault).toEqual({ kind: "slip", message: null });
    expect(ask(filling, "/data/income").set("4200")).toBe(true);
    expect(ask(filling, "/data/income").fault).toBeNull();
  });

  it("gives the XML with its own id and a title in words", async () => {
    const filling = await open();
    ask(filling, "/data/members[1]/given_name").set("ปั้น & ดี");
    const saved = await filling.save();
    expect(saved.instanceId).toMatch(/^[0-9a-f-]{36}$/);
    expect(saved.title).toBe("บ้านของ ปั้น & ดี");
    expect(saved.xml).toContain("<people>1</people>");
  });
});

describe("what is known of a house", () => {
  const known: Known = {
    household: { household_key: "a".repeat(32), income: "4200", village: "2", visited_on: "2026-01-02" },
    members: [
      { person_key: "b".repeat(32), given_name: "ปั้น", birth_date: "1950-03" },
      { person_key: "c".repeat(32), given_name: "ดี", note_day: "2026-02-03" },
    ],
  };

  it("stands in the form when it opens, each member with the key of the person", async () => {
    const filling = await open({ known });
    expect(ask(filling, "/data/village").values).toEqual(["2"]);
    expect(ask(filling, "/data/members[1]/birth_date").value).toBe("1950-03");
    expect(members(filling).cards.length).toBe(2);
    const { xml } = await filling.save();
    expect(xml).toContain(`<household_key>${"a".repeat(32)}</household_key>`);
    expect(xml).toContain(`<person_key>${"c".repeat(32)}</person_key>`);
    expect(xml).not.toContain("template");
  });

  it("is not run over by defaults the form computes, which new members still get", async () => {
    const filling = await open({ known });
    expect(ask(filling, "/data/visited_on").value).toBe("2026-01-02");
    expect(ask(filling, "/data/members[2]/note_day").value).toBe("2026-02-03");
    members(filling).add();
    expect(ask(filling, "/data/members[3]/note_day").value).toBe("2026-11-20");
    expect(ask(filling, "/data/members[3]/given_name").value).toBe("");
  });

  it("leaves a form that does not ask for it as it was", async () => {
    const filling = await open({ known: { household: { nowhere: "1" }, person: { given_name: "ปั้น" } } });
    expect(ask(filling, "/data/members[1]/given_name").value).toBe("");
    expect(ask(filling, "/data/visited_on").value).toBe("2026-11-21");
  });
});

describe("a draft", () => {
  it("comes back whole, with its photo, and names a photo that was not touched again", async () => {
    const first = await open();
    ask(first, "/data/income").set("100");
    ask(first, "/data/photo").attach(picture("a.jpg"));
    const saved = await first.save();
    const [name] = saved.names;
    expect([...saved.changed.keys()]).toEqual([name]);
    const again = await open({ draft: { xml: saved.xml, files: saved.changed } });
    expect(ask(again, "/data/income").value).toBe("100");
    await expect.poll(() => ask(again, "/data/photo").file?.name).toBe(name);
    const second = await again.save();
    expect(second.instanceId).toBe(saved.instanceId);
    expect(second.changed.size).toBe(0); // what the engine tells: only what changed in this session
    expect(second.names).toEqual([name]); // so the shell knows to keep it
  });

  it("lets a photo go that was taken away after it came back", async () => {
    const first = await open();
    ask(first, "/data/photo").attach(picture("a.jpg"));
    const saved = await first.save();
    const again = await open({ draft: { xml: saved.xml, files: saved.changed } });
    await expect.poll(() => ask(again, "/data/photo").file?.name).toBeTruthy();
    ask(again, "/data/photo").attach(null);
    const second = await again.save();
    expect(second.names).toEqual([]);
    expect(second.xml).not.toContain(".jpg");
  });

  it("gives two photos of the same name two names", async () => {
    const filling = await open();
    ask(filling, "/data/photo").attach(picture("image.jpg"));
    const [one] = (await filling.save()).names;
    ask(filling, "/data/photo").attach(picture("image.jpg"));
    const [two] = (await filling.save()).names;
    expect(one).not.toBe(two);
    expect(two).toMatch(/\.jpg$/);
  });
});

it("warms the engine up without asking for anything", async () => {
  await expect(warm()).resolves.toBeUndefined();
});

describe("what is no form", () => {
  it.each(["", "<html/>", "not xml at all", "<h:html xmlns:h='http://www.w3.org/1999/xhtml'/>"])("is refused: %s", async (text) => {
    await expect(open({}, text)).rejects.toThrow(FormNotOpened);
  });

  it("a form whose list of choices did not come is refused, not opened half", async () => {
    await expect(openForm({ xform: HOUSE, media: async () => undefined }, { language: "th" })).rejects.toThrow(/villages\.csv/);
  });

  it("a draft of another form is refused", async () => {
    await expect(open({ draft: { xml: "<data id='other'/>", files: new Map() } })).rejects.toThrow(FormNotOpened);
  });
});
