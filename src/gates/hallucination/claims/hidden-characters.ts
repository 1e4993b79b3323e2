/** A character that shows nothing, turns the direction of reading, or looks like another one. */
export interface HiddenCharacter {
  readonly what: 'invisible' | 'bidirectional' | 'lookalike' | 'control';
  /** As `U+200B`. */
  readonly point: string;
}

/** So many different ones are told. */
const most = 5;

const suspect = /[^\t\n\r -~]/u;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u;
const bidirectional = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const invisible = /[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/u;
/** Spaces that are no space, forms of other letters, signs that canonical composition turns into others. */
const otherForm = /(?! )\p{Zs}|[\uff01-\uff5e\u037e\u0387\u1fef\u2000\u2001\u2126\u212a\u212b]|[\u{1d400}-\u{1d7ff}]/u;
/** Cyrillic and Greek letters that fonts draw as Latin ones (after Unicode Technical Standard 39). */
const lookalike = /[АВЕЗІЈКМНОРСТУХаеіјорсухѕһԁԛԝҮѴΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυ]/u;
const presentation = '\ufe0f';

/** Each kind of hidden character of a text once, in order. It is told and never made alike with what it looks like. */
export function hiddenCharacters(text: string): readonly HiddenCharacter[] {
  const found = new Map<string, HiddenCharacter>();
  if (!suspect.test(text)) return [];
  const lookalikes = lookalikesIn(text);
  for (const character of text) {
    if (found.size === most) break;
    const what = kindOf(character, lookalikes);
    if (what !== null) found.set(character, { what, point: pointOf(character) });
  }
  return [...found.values()];
}

function kindOf(character: string, lookalikes: ReadonlySet<string>): HiddenCharacter['what'] | null {
  if (!suspect.test(character) || character === presentation) return null;
  if (control.test(character)) return 'control';
  if (bidirectional.test(character)) return 'bidirectional';
  if (invisible.test(character)) return 'invisible';
  return otherForm.test(character) || lookalikes.has(character) ? 'lookalike' : null;
}

/** Letters of words that mix scripts, and of words of which every letter looks like a Latin one where no other word is of that script. */
function lookalikesIn(text: string): ReadonlySet<string> {
  const words = text.match(/[\p{L}\p{M}\p{N}_]+/gu) ?? [];
  const foreign = words.filter((one) => /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(one));
  const pure = foreign.filter((one) => !hasLatin(one));
  const isDisguise = pure.every((one) => Array.from(one).every((character) => lookalike.test(character) || /[\p{N}_]/u.test(character)));
  const letters = [...foreign.filter(hasLatin), ...(isDisguise ? pure : [])].flatMap((one) => Array.from(one));
  return new Set(letters.filter((character) => /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(character)));
}

function hasLatin(word: string): boolean {
  return /\p{Script=Latin}/u.test(word);
}

function pointOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
