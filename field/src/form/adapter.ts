/**
 * The one file that knows `@getodk/xforms-engine`. Everything else sees a form as a small tree of
 * sections, repeats and questions; reading a getter inside a Solid effect follows it.
 */
import {
  loadForm,
  type AnyControlNode,
  type AnyViolation,
  type FormInstance,
  type GeneralChildNode,
  type GroupNode,
  type MarkdownNode,
  type RepeatInstanceNode,
  type RepeatRangeNode,
  type RootNode,
  type TextRange,
} from "@getodk/xforms-engine";
import { batch, createSignal } from "solid-js";
import { createMutable } from "solid-js/store";
import { FormNotOpened, readied, type Guidance, type Known } from "./source";

export type Language = "th" | "en";

/** Files that come with a form, by their plain names. */
export type Media = (name: string) => Promise<Blob | undefined>;

export interface FormSource {
  xform: string;
  media: Media;
}

export interface Draft {
  xml: string;
  files: Map<string, Blob>;
}

export interface Device {
  deviceID?: string;
  username?: string;
  phoneNumber?: string;
}

export interface Opening {
  language: Language;
  known?: Known;
  draft?: Draft;
  device?: Device;
}

/** What is to be kept of a filled form: `changed` is new since it was opened, `names` are all files the XML names. */
export interface Saved {
  instanceId: string;
  title: string;
  xml: string;
  changed: Map<string, Blob>;
  names: string[];
}

export interface Words {
  plain: string;
  rich: readonly MarkdownNode[] | null; // null: no mark-up in it
  image: string | null;
  audio: string | null;
  video: string | null;
}

export type { MarkdownNode };

export type Kind =
  | "alert" | "audio" | "barcode" | "date" | "dateTime" | "decimal" | "file" | "geopoint" | "image" | "int" | "many"
  | "note" | "one" | "partial-date" | "range" | "rank" | "shape" | "text" | "time" | "trace" | "trigger" | "video"; // prettier-ignore

export interface Choice {
  value: string;
  words: Words;
}

export interface Fault {
  kind: "required" | "constraint" | "slip";
  message: string | null; // the form's own words; null: say it in ours
}

export type Part = Section | Repeat | Question;

const MARKUP = /[*_#<[\\`\n]|^\s*(\d+[.)]|[-+]) /;
const LAST_SAVED = "jr://instance/last-saved";
const parts = new WeakMap<object, Part | Card>();

function fileName(url: { href: string } | undefined): string | null {
  return url ? decodeURIComponent(url.href.split("/").pop() ?? "") : null;
}

function plainOf(nodes: readonly MarkdownNode[]): string {
  return nodes
    .map((node) => {
      if (node.role === "child") return node.value;
      if (node.role === "parent") return plainOf(node.children) + (/^(p|li|h\d|div)$/.test(node.elementName) ? " " : "");
      return node.role === "line-break" ? " " : "";
    })
    .join("");
}

function words(range: TextRange<never> | TextRange<"label"> | TextRange<"hint"> | TextRange<"item-label"> | null): Words | null {
  if (!range) return null;
  const raw = range.asString;
  const rich = MARKUP.test(raw) ? range.formatted : null;
  const plain = rich ? plainOf(rich).replace(/\s+/g, " ").trim() : raw;
  const found = {
    plain,
    rich,
    image: fileName(range.imageSource),
    audio: fileName(range.audioSource),
    video: fileName(range.videoSource),
  };
  return plain || found.image || found.audio || found.video ? found : null;
}

function partsOf(children: readonly GeneralChildNode[], filling: Filling): Part[] {
  const found: Part[] = [];
  for (const child of children) {
    if (child.nodeType === "model-value") continue;
    let part = parts.get(child);
    if (!part) {
      if (child.nodeType === "group") part = new Section(child, filling);
      else if (child.nodeType.startsWith("repeat-range")) part = new Repeat(child as RepeatRangeNode, filling);
      else part = new Question(child as AnyControlNode, filling);
      parts.set(child, part);
    }
    // A group without a question, such as the form's own `meta`, is nothing to be shown.
    if (part.what !== "section" || part.parts.length) found.push(part as Part);
  }
  return found;
}

abstract class Holder<Node extends GroupNode | RepeatInstanceNode> {
  constructor(
    protected readonly node: Node,
    protected readonly filling: Filling,
  ) {}
  get id(): string {
    return this.node.nodeId;
  }
  get shown(): boolean {
    return this.node.currentState.relevant && this.node.currentState.hasRelevantBodyNodes;
  }
  get label(): Words | null {
    return words(this.node.currentState.label);
  }
  get parts(): Part[] {
    return partsOf(this.node.currentState.children, this.filling);
  }
}

export class Section extends Holder<GroupNode> {
  readonly what = "section";
  get fieldList(): boolean {
    return !!this.node.appearances?.["field-list"] || !!this.node.appearances?.["table-list"];
  }
}

/** One of a repeat: one member of the household. */
export class Card extends Holder<RepeatInstanceNode> {
  readonly what = "card";
  /** Somebody the registry knows; such a member leaves by an event, not by being removed from the list. */
  get known(): boolean {
    const key = this.node.currentState.children.find((child) => child.currentState.reference.endsWith("/person_key"));
    return key?.nodeType === "model-value" && key.currentState.instanceValue !== "";
  }
}

export class Repeat {
  readonly what = "repeat";
  constructor(
    private readonly node: RepeatRangeNode,
    private readonly filling: Filling,
  ) {}
  get id(): string {
    return this.node.nodeId;
  }
  get shown(): boolean {
    return this.node.currentState.relevant;
  }
  get label(): Words | null {
    return words(this.node.currentState.label);
  }
  /** The form itself says how many there are. */
  get fixed(): boolean {
    return this.node.nodeType === "repeat-range:controlled" || this.node.currentState.readonly;
  }
  get cards(): Card[] {
    return this.node.currentState.children.map((child) => {
      const card = parts.get(child) ?? new Card(child, this.filling);
      parts.set(child, card);
      return card as Card;
    });
  }
  add(): void {
    if (this.node.nodeType === "repeat-range:uncontrolled") this.node.addInstances();
    this.filling.changed();
  }
  remove(index: number): void {
    if (this.node.nodeType === "repeat-range:uncontrolled") this.node.removeInstances(index);
    this.filling.changed();
  }
}

function kindOf(node: AnyControlNode): Kind {
  switch (node.nodeType) {
    case "note":
      return node.appearances?.["alert"] ? "alert" : "note";
    case "select":
      return node.selectType === "select" ? "many" : "one";
    case "upload": {
      const type = node.nodeOptions.media.type;
      return type === "image" || type === "audio" || type === "video" ? type : "file";
    }
    case "rank":
    case "range":
    case "trigger":
      return node.nodeType;
  }
  switch (node.valueType) {
    case "int":
    case "decimal":
    case "date":
    case "time":
    case "dateTime":
    case "geopoint":
    case "barcode":
      return node.valueType;
    case "geotrace":
      return "trace";
    case "geoshape":
      return "shape";
    default:
      return node.appearances["partial-date"] ? "partial-date" : "text";
  }
}

export class Question {
  readonly what = "question";
  readonly kind: Kind;
  constructor(
    private readonly node: AnyControlNode,
    private readonly filling: Filling,
  ) {
    this.kind = kindOf(node);
  }
  get id(): string {
    return this.node.nodeId;
  }
  /** As `/data/members[2]/given_name`. */
  get path(): string {
    return this.node.currentState.reference;
  }
  get name(): string {
    return this.path.split("/").pop() ?? "";
  }
  get shown(): boolean {
    return this.node.currentState.relevant;
  }
  get required(): boolean {
    return this.node.currentState.required;
  }
  get readonly(): boolean {
    return this.node.currentState.readonly;
  }
  get label(): Words | null {
    return words(this.node.currentState.label);
  }
  get hint(): Words | null {
    return words(this.node.currentState.hint);
  }
  get guidance(): string | null {
    return this.filling.guidanceFor(this.path);
  }
  looks(appearance: string): boolean {
    return !!(this.node.appearances as Record<string, boolean> | null)?.[appearance];
  }
  get isNumericText(): boolean {
    return this.node.nodeType === "input" && this.looks("numbers");
  }
  get rows(): number | null {
    if (this.node.nodeType !== "input") return null;
    const options = this.node.nodeOptions as { rows?: number | null } | null;
    return options?.rows ?? (this.looks("multiline") ? 4 : null);
  }
  /** Metres: the pin is good at the first, refused beyond the second. */
  get accuracy(): { good: number; worst: number | null } {
    const options = (this.node.nodeType === "input" ? this.node.nodeOptions : null) as {
      accuracyThreshold?: number | null;
      unacceptableAccuracyThreshold?: number | null;
    } | null;
    return { good: options?.accuracyThreshold ?? 10, worst: options?.unacceptableAccuracyThreshold ?? null };
  }
  get bounds(): { start: number; end: number; step: number } {
    if (this.node.nodeType !== "range") return { start: 0, end: 0, step: 1 };
    const { start, end, step } = this.node.definition.bounds;
    return { start: Number(start), end: Number(end), step: Number(step) };
  }
  get maxPixels(): number | null {
    return this.node.nodeType === "upload" ? this.node.maxPixels : null;
  }
  get accept(): string {
    return this.node.nodeType === "upload" ? this.node.nodeOptions.media.accept : "*";
  }
  get choices(): Choice[] {
    if (this.node.nodeType !== "select" && this.node.nodeType !== "rank") return [];
    return this.node.currentState.valueOptions.map((option) => ({
      value: option.value,
      words: words(option.label) ?? { plain: option.value, rich: null, image: null, audio: null, video: null },
    }));
  }
  /** The answer as it stands in the XML; "" when there is none. */
  get value(): string {
    return this.node.currentState.instanceValue;
  }
  get values(): readonly string[] {
    if (this.node.nodeType !== "select" && this.node.nodeType !== "rank") return [];
    return this.node.currentState.value;
  }
  get file(): File | null {
    return this.node.nodeType === "upload" ? this.node.currentState.value : null;
  }
  get fault(): Fault | null {
    if (this.filling.slipped(this.id)) return { kind: "slip", message: null };
    const violation = this.node.validationState.violation;
    return violation && faultOf(violation);
  }

  /** Take an answer as text; "" clears it. False: it cannot be read as an answer of this kind, and none stands. */
  set(text: string): boolean {
    batch(() => {
      if (this.node.nodeType === "input" || this.node.nodeType === "range") this.node.setValue(text as never);
      else if (this.node.nodeType === "trigger") this.node.setValue(text !== "");
    });
    const understood = text === "" || this.value !== "";
    this.slip(!understood);
    this.filling.changed();
    return understood;
  }
  /** Something stands in the field that is no answer: the form cannot be sent so. */
  slip(slipped: boolean): void {
    this.filling.setSlip(this.id, slipped);
  }
  choose(values: readonly string[]): void {
    if (this.node.nodeType === "select") this.node.selectValues(values);
    else if (this.node.nodeType === "rank") this.node.setValues(values);
    this.filling.changed();
  }
  attach(file: File | null): void {
    if (this.node.nodeType !== "upload") return;
    // The engine takes the name of a restored file for standing even when the file is taken away; here it is let go.
    const restored = (this.node as unknown as { instanceNode: { value: string } | null }).instanceNode;
    if (restored) restored.value = "";
    this.node.setValue(file);
    this.filling.changed();
  }
}

/** Every question that is asked now in these parts, in the order of the form. */
export function questionsOf(parts: readonly Part[]): Question[] {
  return parts.flatMap((part) => {
    if (!part.shown) return [];
    if (part.what === "question") return [part];
    if (part.what === "section") return questionsOf(part.parts);
    return part.cards.flatMap((card) => questionsOf(card.parts));
  });
}

function faultOf(violation: AnyViolation): Fault {
  return { kind: violation.condition, message: violation.message?.asString || null };
}

function nameNewFile(stem: string): string {
  const random = crypto.getRandomValues(new Uint16Array(1))[0] ?? 0;
  return `${stem}-${Date.now().toString(36)}${random.toString(36)}`;
}

function textBetween(xml: string, tag: string): string {
  const found = new RegExp(`<(?:\\w+:)?${tag}(?: [^>]*)?>([^<]*)<`).exec(xml)?.[1] ?? "";
  return found.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&");
}

const SPOKEN: Record<Language, RegExp> = { th: /\(th\)|^th\b|thai|ไทย/i, en: /\(en\)|^en\b|english|อังกฤษ/i };

/** One form being filled. */
export class Filling {
  private readonly root: RootNode;
  private readonly slips = createMutable<Record<string, boolean>>({});
  readonly changes: () => number;
  readonly changed: () => void;

  constructor(
    instance: Pick<FormInstance<"create">, "root">,
    readonly title: string,
    readonly media: Media,
    private readonly guidance: Guidance,
  ) {
    this.root = instance.root;
    const [changes, setChanges] = createSignal(0);
    this.changes = changes;
    this.changed = () => setChanges((count) => count + 1);
  }

  get parts(): Part[] {
    return partsOf(this.root.currentState.children, this);
  }
  get languages(): string[] {
    return this.root.languages.map((each) => each.language).filter(Boolean);
  }
  speak(language: Language): void {
    const found = this.root.languages.find((each) => SPOKEN[language].test(each.language));
    if (found) this.root.setLanguage(found as never);
  }
  guidanceFor(path: string): string | null {
    const found = this.guidance[path.replace(/\[\d+\]/g, "")];
    return found?.[this.root.currentState.activeLanguage.language] ?? null;
  }
  slipped(id: string): boolean {
    return !!this.slips[id];
  }
  setSlip(id: string, slipped: boolean): void {
    if (slipped) this.slips[id] = true;
    else if (this.slips[id]) delete this.slips[id];
  }
  /** Every question that is asked now, in the order of the form. */
  questions(): Question[] {
    return questionsOf(this.parts);
  }
  /** The questions whose answers are missing or not right, in the order of the form. */
  faulty(): Question[] {
    return this.questions().filter((question) => question.fault);
  }
  async save(): Promise<Saved> {
    const payload = await this.root.prepareInstancePayload({ payloadType: "monolithic" });
    const [data] = payload.data;
    const changed = new Map<string, Blob>();
    let xml = "";
    for (const [name, file] of data.entries()) {
      if (name === "xml_submission_file") xml = await file.text();
      else changed.set(name, file);
    }
    const uploads = this.questions().filter((each) => ["image", "audio", "video", "file"].includes(each.kind));
    return {
      instanceId: textBetween(xml, "instanceID").replace(/^uuid:/, ""),
      title: textBetween(xml, "instanceName") || this.title,
      xml,
      changed,
      names: uploads.map((each) => each.value).filter(Boolean),
    };
  }
}

function attachments(media: Media) {
  return async (url: URL): Promise<Response> => {
    if (url.href === LAST_SAVED) return new Response("<data/>", { headers: { "content-type": "text/xml" } });
    const blob = await media(fileName(url) ?? "");
    // The name tells the engine what kind of list it is; a server's guess of a type would mislead it.
    return blob ? new Response(await blob.text(), { headers: {} }) : new Response(null, { status: 404 });
  };
}

function draftData(draft: Draft): FormData {
  const data = new FormData();
  const name = "xml_submission_file";
  data.set(name, new File([draft.xml], name, { type: "text/xml" }));
  for (const [each, blob] of draft.files) data.set(each, new File([blob], each, { type: blob.type }));
  return data;
}

/** Open a form: empty, with what is known of a house, or a draft as it was left. Raises FormNotOpened. */
export async function openForm(source: FormSource, opening: Opening): Promise<Filling> {
  const { xform, guidance } = readied(source.xform, opening.draft ? {} : opening.known);
  const form = await loadForm(xform, { fetchFormAttachment: attachments(source.media) });
  if (form.status === "failure") throw new FormNotOpened(form.error.message, { cause: form.error });
  const config = {
    stateFactory: createMutable,
    preloadProperties: opening.device ?? {},
    instanceAttachments: {
      fileNameFactory: (meta: { extension: string | null }) => nameNewFile("file") + (meta.extension ?? ""),
    },
  };
  try {
    const instance = opening.draft
      ? await form.restoreInstance({ data: [draftData(opening.draft) as never] }, config)
      : form.createInstance(config);
    const filling = new Filling(instance, textBetween(xform, "title"), source.media, guidance);
    filling.speak(opening.language);
    return filling;
  } catch (error) {
    throw new FormNotOpened(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

const SMALLEST = `<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title/><model>
<instance><data id="warm"><a/></data></instance><bind nodeset="/data/a" relevant="1 = 1"/></model></h:head>
<h:body><input ref="/data/a"><label>a</label></input></h:body></h:html>`;

/**
 * Let the engine set up what it needs once, so that the first form opens as quickly as the next; best with a form that
 * is going to be opened. To be called when the app has nothing else to do. What fails here fails when the form is opened.
 */
export async function warm(source: FormSource = { xform: SMALLEST, media: async () => undefined }): Promise<void> {
  await openForm(source, { language: "th" }).catch(() => undefined);
}
