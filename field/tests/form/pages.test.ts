// @vitest-environment jsdom
import { expect, it } from "vitest";
import "./jsdom";
import { openForm, type Repeat } from "../../src/form/adapter";
import { cardsAround, faultyOn, isShown, pagesOf } from "../../src/form/pages";

const BODY = `
<input ref="/data/a"><label>a</label></input>
<input ref="/data/b"><label>b</label></input>
<group ref="/data/whole" appearance="field-list"><label>whole</label>
  <group ref="/data/whole/part"><label>part</label><input ref="/data/whole/part/c"><label>c</label></input></group></group>
<group ref="/data/spread"><label>spread</label>
  <group ref="/data/spread/one"><label>one</label><input ref="/data/spread/one/d"><label>d</label></input></group>
  <group ref="/data/spread/r"><label>r</label><repeat nodeset="/data/spread/r"><input ref="/data/spread/r/e"><label>e</label></input></repeat></group></group>
<input ref="/data/f"><label>f</label></input>`;
const FORM = `<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>t</h:title><model>
<instance><data id="pages"><a/><b/><whole><part><c/></part></whole><spread><one><d/></one><r><e/></r></spread><f/></data></instance>
<bind nodeset="/data/b" required="true()"/><bind nodeset="/data/spread" relevant="/data/a != 'skip'"/>
<bind nodeset="/data/spread/r/e" required="true()"/>
</model></h:head><h:body>${BODY}</h:body></h:html>`;

const open = () => openForm({ xform: FORM, media: async () => undefined }, { language: "th" });
const names = (page: { parts: { what: string }[]; section: unknown }) => page.parts.map((part) => ("name" in part ? part.name : part.what));

it("gives each section of questions and each repeat a page, and loose questions one together", async () => {
  const pages = pagesOf((await open()).parts);
  expect(pages.map(names)).toEqual([["a", "b"], ["section"], ["d"], ["repeat"], ["f"]]);
  expect(pages.map((page) => page.within.map((section) => section.label?.plain))).toEqual([[], [], ["spread"], ["spread"], []]);
});

it("leaves out the pages that an answer makes pointless", async () => {
  const filling = await open();
  const pages = pagesOf(filling.parts);
  filling.questions().find((question) => question.name === "a")?.set("skip");
  expect(pages.filter(isShown).map(names)).toEqual([["a", "b"], ["section"], ["f"]]);
});

it("finds what is missing on a page, and the cards around it", async () => {
  const filling = await open();
  const pages = pagesOf(filling.parts);
  expect(pages.map((page) => faultyOn(page).map((question) => question.name))).toEqual([["b"], [], [], ["e"], []]);
  const [missing] = pages[3] ? faultyOn(pages[3]) : [];
  const repeat = pages[3]?.parts[0] as Repeat;
  expect(missing && cardsAround(filling.parts, missing)).toEqual([repeat.cards[0]]);
  expect(missing && pages[0] && cardsAround(pages[0].parts, missing)).toBeNull();
});
