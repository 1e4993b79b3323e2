/** A text with its runs of white space as one space and its characters composed (NFC): nothing else is made alike. */
export interface FoldedText {
  readonly text: string;
  /** Where what each line has starts in `text`; one more than there are lines, for the end. A line without a word starts where the one before ends. */
  readonly starts: readonly number[];
}

/**
 * Folds line by line, in linear time. White space is that of ASCII alone: no-break and other wide spaces look like a space and are none,
 * so that they are told, not folded.
 */
export function foldText(text: string): FoldedText {
  const folded: string[] = [];
  const starts: number[] = [];
  let length = 0;
  for (const line of text.split('\n')) {
    const words = foldLine(line);
    const gap = length > 0 && words !== '' ? 1 : 0;
    starts.push(length + gap);
    length += gap + words.length;
    if (words !== '') folded.push(words);
  }
  return { text: folded.join(' '), starts: [...starts, length] };
}

function foldLine(line: string): string {
  const composed = isAscii(line) || hasEndlessMarks(line) ? line : line.normalize('NFC');
  return composed.replace(/[\t\n\v\f\r ]+/g, ' ').replace(/^ | $/g, '');
}

function isAscii(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- all of ASCII is meant
  return /^[\u0000-\u007f]*$/.test(text);
}

/** Marks on one letter, beyond which no writing goes (Unicode Standard Annex 15, stream-safe text): to order more takes time by their square. */
const mostMarks = 30;
const firstMark = 0x300;
const mark = /\p{M}/u;

function hasEndlessMarks(line: string): boolean {
  let marks = 0;
  for (const character of line) {
    marks = character.charCodeAt(0) >= firstMark && mark.test(character) ? marks + 1 : 0;
    if (marks > mostMarks) return true;
  }
  return false;
}
