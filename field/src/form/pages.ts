/** Which questions stand on a page together. */
import { questionsOf, type Card, type Part, type Question, type Section } from "./adapter";

/** One screen. `within` are the sections around it, outermost first; `section` is set when the page is one whole section. */
export interface Page {
  key: string;
  within: Section[];
  section: Section | null;
  parts: Part[];
}

/**
 * The pages of a form: a field list, a section of questions and a repeat have one each; a section of sections
 * is spread over the pages of its own; questions that stand loose between them share one.
 */
export function pagesOf(parts: readonly Part[], within: Section[] = []): Page[] {
  const pages: Page[] = [];
  let loose: Part[] = [];
  const close = () => {
    if (loose[0]) pages.push({ key: loose[0].id, within, section: null, parts: loose });
    loose = [];
  };
  for (const part of parts) {
    if (part.what === "question") {
      loose.push(part);
      continue;
    }
    close();
    if (part.what === "repeat") pages.push({ key: part.id, within, section: null, parts: [part] });
    else if (part.fieldList || part.parts.every((child) => child.what === "question"))
      pages.push({ key: part.id, within, section: part, parts: part.parts });
    else pages.push(...pagesOf(part.parts, [...within, part]));
  }
  close();
  return pages;
}

export function isShown(page: Page): boolean {
  if (page.section && !page.section.shown) return false;
  return page.within.every((section) => section.shown) && page.parts.some((part) => part.shown);
}

/** The questions of the page whose answers are missing or not right. */
export function faultyOn(page: Page): Question[] {
  return isShown(page) ? questionsOf(page.parts).filter((question) => question.fault) : [];
}

/** The cards that must be open for the question to be seen, outermost first; null when it is not among the parts. */
export function cardsAround(parts: readonly Part[], question: Question): Card[] | null {
  for (const part of parts) {
    if (part === question) return [];
    if (part.what === "section") {
      const found = cardsAround(part.parts, question);
      if (found) return found;
    }
    if (part.what === "repeat") {
      for (const card of part.cards) {
        const found = cardsAround(card.parts, question);
        if (found) return [card, ...found];
      }
    }
  }
  return null;
}
