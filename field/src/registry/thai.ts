// Thai text as people type it, made comparable. The rules are those of the server (kernel/text.py, kernel/names/keys.py);
// tests/keys.json holds examples on which both must agree.

const DIGITS = "๐๑๒๓๔๕๖๗๘๙０１２３４５６７８９";
export const arabicDigits = (text: string): string => text.replace(/[๐-๙０-９]/g, (digit) => String(DIGITS.indexOf(digit) % 10));

const INVISIBLE = /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
const SPACES = /[\t-\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;
const GLYPHS = "ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู"; // how old fonts drew Thai, in the private-use area
const ORDER: { [mark: string]: number } = { "ฺ": 0, "ุ": 1, "ู": 1, "ํ": 3, "่": 4, "้": 4, "๊": 4, "๋": 4, "์": 5, "๎": 5 };
const rank = (mark: string): number => ORDER[mark] ?? 2;

function inOrder(run: string): string {
  const marks = [...run].sort((a, b) => rank(a) - rank(b));
  return marks.filter((mark, i) => mark !== marks[i - 1]).join("");
}

function cleanedOnce(text: string): string {
  return text
    .replace(INVISIBLE, "")
    .replace(SPACES, " ")
    .replace(/[\uf700-\uf71a]/g, (glyph) => GLYPHS[glyph.charCodeAt(0) - 0xf700] ?? "")
    .normalize("NFC")
    .replace(/เเ/g, "แ")
    .replace(/(?<![ฤฦ])ๅ/g, "า")
    .replace(/([ะาำ]+)([่-๋]+)/g, "$2$1")
    .replace(/([เ-ไ]+)([่-๋]+)([ก-ฮ])/g, "$1$3$2")
    .replace(/[ัิ-ฺ็-๎]{2,}/g, inOrder)
    .replace(/ํ([่-๎]*)า/g, "$1ำ")
    .replace(/([ะาำเ-ไ])\1+/g, "$1")
    .replace(/ {2,}/g, " ")
    .normalize("NFC")
    .replace(/^ +| +$/g, "");
}

/** The text without what cannot be seen and with Thai marks in their right order. */
export function clean(text: string): string {
  for (let i = 0; i < 12; i++) {
    const cleaned = cleanedOnce(text);
    if (cleaned === text) break;
    text = cleaned;
  }
  return text;
}

const LATIN_O = /(?<=[ก-๎])o|o(?=[ก-๎])/g;
const ALIKE: { [letter: string]: string } = { ฎ: "ฏ", ฃ: "ข", ฅ: "ค", ใ: "ไ" };

function withoutBrackets(text: string): string {
  const bare = text.replace(/[([{][^()[\]{}]*[)\]}]?/g, " ");
  return /^[ .-]*$/.test(bare) ? text : bare;
}

const prepared = (text: string): string => withoutBrackets(arabicDigits(clean(text)).toLowerCase()).replace(LATIN_O, "อ");

/** Equal for two writings of one name that differ only in what nobody means. */
export const nameKey = (text: string): string =>
  clean(
    prepared(text)
      .replace(/[ .,\-–—_'’"*()์็ๆฯํ\t\n]/g, "")
      .replace(/[ฎฃฅใ]/g, (letter) => ALIKE[letter] ?? letter),
  );

const HEADS: { [letter: string]: string } = {};
const FINALS: { [letter: string]: string } = {};
for (const [heard, letters] of Object.entries({
  ค: "ขฃฅฆ", ช: "ฉฌ", ส: "ซศษ", ย: "ญ", ด: "ฎ", ต: "ฏ", ท: "ฐฑฒถธ", น: "ณ", พ: "ผภ", ฟ: "ฝ",
  ล: "รฬ", ห: "ฮ", า: "ะั", "ิ": "ี", "ึ": "ื", "ุ": "ู",
})) for (const letter of letters) HEADS[letter] = heard;
for (const [heard, letters] of Object.entries({ ก: "กขฃคฅฆ", ต: "จชซฌฎฏฐฑฒดตถทธศษส", บ: "บปพฟภ", น: "นณญรลฬ" }))
  for (const letter of letters) FINALS[letter] = heard;

/** How a name sounds, roughly: equal for most spellings that a listener would write. */
export const soundKey = (text: string): string =>
  prepared(text)
    .replace(/[^ก-์a-z0-9]+/g, "")
    .replace(/(?:[ทตดษ](?=[รณ])|ก(?=ษ)|น(?=ท))?[ก-ฮ][ิุ]?์/g, "")
    .replace(/(?<=[าัิีุู])([ตธทฒ])[ิุ]$/, "$1")
    .replace(/ฤๅ|ฤ/g, "ลิ")
    .replace(/ำ/g, "ัม")
    .replace(/[่้๊๋์็ๆฯํฺ๎ๅ]/g, "")
    .replace(/รร(?=[ก-ฮ](?![ะ-ูเ-ไ]|$)|[ก-ฮ]$)/g, "ั")
    .replace(/รร/g, "ัน")
    .replace(/ห(?=[งญนมยรลวณ])|อ(?=ย[่า-ู])/g, "")
    .replace(/^ทร|(?:^|(?<=[า-ู]))[สศซ]ร/g, "ส")
    .replace(/[ไใ]([กขคตทปผพ][รล](?![ะ-ู])|[ก-ฮ])ย?|ัย/g, (_, head: string | undefined) => `${head ?? ""}าย`)
    .replace(/(?<=ั)[ก-ฮ]|[ก-ฮ]$|(?<=[าิีุู])ญ(?=[ก-ฮ])/g, (letter) => FINALS[letter] ?? letter)
    .replace(/./gu, (letter) => HEADS[letter] ?? letter)
    .replace(/(.)\1+/g, "$1");

/** A house number as it is looked for: 12/3 for "๑๒ ทับ ๓". */
export const houseKey = (text: string): string =>
  arabicDigits(clean(text)).toLowerCase().replace(/(?<=\d)\s*ทับ\s*(?=\d)/g, "/").replace(/^(บ้านเลขที่|เลขที่บ้าน|เลขที่|บ้าน)\s*/, "").replace(/\s+/g, "");

/** Whether 13 digits are a citizen's number: the last one follows from the others. */
export function isCitizenId(text: string): boolean {
  const digits = arabicDigits(text).replace(/[\s-]/g, "");
  if (!/^\d{13}$/.test(digits)) return false;
  const sum = [...digits.slice(0, 12)].reduce((total, digit, i) => total + Number(digit) * (13 - i), 0);
  return (11 - (sum % 11)) % 10 === Number(digits[12]);
}
