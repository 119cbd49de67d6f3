/** Made ready before the engine sees it: what is known of the house is written in as defaults, and hints are sorted. */

const JR = "http://openrosa.org/javarosa";
const H = "http://www.w3.org/1999/xhtml";

/** What the registry knows, by the names of the form's nodes. A point is "lat lon altitude accuracy". */
export interface Known {
  household?: Record<string, string>;
  members?: Record<string, string>[];
  person?: Record<string, string>;
}

/** Help for the volunteer alone, by path and language: `guidance[path][language]`. */
export type Guidance = Record<string, Record<string, string>>;

export interface Readied {
  xform: string;
  guidance: Guidance;
}

export class FormNotOpened extends Error {}

const MEMBERS = "members";
const PERSON = "person";
// The engine joins every text of a label; of these only the plain one, a picture, a sound or a film is meant for it.
const FORMS_THE_ENGINE_SHOWS = new Set([null, "image", "audio", "video"]);

function primaryInstance(doc: Document): Element {
  const model = doc.getElementsByTagName("model")[0];
  const root = model?.getElementsByTagName("instance")[0]?.firstElementChild;
  if (!root) throw new FormNotOpened("not an XForm");
  return root;
}

function leaves(node: Element, stop: (element: Element) => boolean): Element[] {
  if (node.children.length === 0) return [node];
  return [...node.children].filter((child) => !stop(child)).flatMap((child) => leaves(child, stop));
}

function write(node: Element, values: Record<string, string>, stop: (element: Element) => boolean): Set<string> {
  const written = new Set<string>();
  for (const leaf of leaves(node, stop)) {
    const value = values[leaf.localName];
    if (value) {
      leaf.textContent = value;
      written.add(leaf.localName);
    }
  }
  return written;
}

/** A default that the form computes at its first opening must not run over what is known. */
function dropComputedDefaults(doc: Document, names: Set<string>, of: "members" | "others"): void {
  for (const setvalue of [...doc.getElementsByTagName("setvalue")]) {
    const steps = (setvalue.getAttribute("ref") ?? "").split("/");
    const inMembers = steps.slice(0, -1).includes(MEMBERS);
    if (!names.has(steps.at(-1) ?? "") || inMembers !== (of === "members")) continue;
    if (!setvalue.getAttribute("event")?.includes("odk-instance-first-load")) continue;
    if (inMembers) setvalue.setAttribute("event", "odk-new-repeat");
    else setvalue.remove();
  }
}

function writeMembers(doc: Document, root: Element, members: Record<string, string>[]): void {
  const repeats = [...doc.getElementsByTagName("repeat")].map((each) => each.getAttribute("nodeset") ?? "");
  if (!repeats.some((nodeset) => nodeset.endsWith(`/${MEMBERS}`))) return;
  const all = [...root.getElementsByTagName(MEMBERS)];
  const template = all.find((each) => each.hasAttributeNS(JR, "template")) ?? all[0];
  if (!template?.parentNode) return;
  const one = template.cloneNode(true) as Element;
  one.removeAttributeNS(JR, "template");
  if (!template.hasAttributeNS(JR, "template")) template.setAttributeNS(JR, "jr:template", "");
  for (const each of all) if (each !== template) each.remove();
  const written = new Set<string>();
  for (const member of members) {
    const copy = one.cloneNode(true) as Element;
    for (const name of write(copy, member, () => false)) written.add(name);
    template.parentNode.insertBefore(copy, null);
  }
  dropComputedDefaults(doc, written, "members");
  keepTogether(template);
}

/** Copies of a repeat stand right behind its template, before what follows it in the form. */
function keepTogether(template: Element): void {
  let last: Element = template;
  for (const each of [...(template.parentNode?.children ?? [])]) {
    if (each !== template && each.localName === MEMBERS) {
      last.after(each);
      last = each;
    }
  }
}

function takeGuidance(doc: Document): Guidance {
  const guidance: Guidance = {};
  for (const translation of doc.getElementsByTagName("translation")) {
    const language = translation.getAttribute("lang") ?? "";
    for (const value of [...translation.getElementsByTagName("value")]) {
      const form = value.getAttribute("form");
      if (FORMS_THE_ENGINE_SHOWS.has(form)) continue;
      const id = value.parentElement?.getAttribute("id") ?? "";
      if (form === "guidance") (guidance[id.replace(/:hint$/, "")] ??= {})[language] = value.textContent ?? "";
      value.remove();
    }
  }
  return guidance;
}

const WHOLE_LIST = /^instance\('([^']+)'\)\/root\/item$/;
const ITEXT_BY_COLUMN = /^jr:itext\((\w+)\)$/;
const COLUMN = /^\w+$/;

/**
 * A list of choices that is always offered whole is written out below its question. The engine otherwise looks up each
 * choice of each question of each member by XPath: a third of the time that opening a form of ten members takes.
 */
function writeChoicesOut(doc: Document): void {
  const lists = new Map<string, Element>();
  for (const list of doc.getElementsByTagName("instance")) {
    const id = list.getAttribute("id");
    if (id && !list.hasAttribute("src")) lists.set(id, list);
  }
  for (const itemset of [...doc.getElementsByTagName("itemset")]) {
    const items = lists.get(WHOLE_LIST.exec(itemset.getAttribute("nodeset") ?? "")?.[1] ?? "")?.getElementsByTagName("item");
    const value = itemset.getElementsByTagName("value")[0]?.getAttribute("ref") ?? "";
    const label = itemset.getElementsByTagName("label")[0]?.getAttribute("ref") ?? "";
    const itext = ITEXT_BY_COLUMN.exec(label)?.[1];
    if (!items || !/^select1?$/.test(itemset.parentElement?.localName ?? "") || !COLUMN.test(value) || !(itext ?? COLUMN.test(label))) continue;
    const of = (item: Element, column: string) => [...item.children].find((each) => each.localName === column)?.textContent ?? "";
    const make = (name: string) => doc.createElementNS(itemset.namespaceURI, name);
    const written = [...items].map((item) => {
      const [choice, words, code] = [make("item"), make("label"), make("value")];
      if (itext) words.setAttribute("ref", `jr:itext('${of(item, itext)}')`);
      else words.textContent = of(item, label);
      code.textContent = of(item, value);
      choice.append(words, code);
      return choice;
    });
    itemset.replaceWith(...written);
  }
}

/** The XForm with the defaults of this house, its choices written out and the guidance taken out of its hints. Raises FormNotOpened. */
export function readied(xform: string, known: Known = {}): Readied {
  const doc = new DOMParser().parseFromString(xform, "text/xml");
  if (doc.getElementsByTagName("parsererror").length || doc.documentElement.namespaceURI !== H) {
    throw new FormNotOpened("not an XForm");
  }
  const root = primaryInstance(doc);
  const isMembers = (element: Element) => element.localName === MEMBERS;
  if (known.household) {
    const elsewhere = (element: Element) => isMembers(element) || (element.localName === PERSON && !!known.person);
    const written = write(root, known.household, elsewhere);
    dropComputedDefaults(doc, written, "others");
  }
  const person = [...root.children].find((child) => child.localName === PERSON);
  if (known.person && person) {
    const written = write(person, known.person, () => false);
    dropComputedDefaults(doc, written, "others");
  }
  if (known.members?.length) writeMembers(doc, root, known.members);
  writeChoicesOut(doc);
  const guidance = takeGuidance(doc);
  return { xform: new XMLSerializer().serializeToString(doc), guidance };
}
