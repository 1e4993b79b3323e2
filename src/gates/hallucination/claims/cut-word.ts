/**
 * Whether a part of a text begins or ends in the middle of a word, a number, an operator or a name with its sign: then it says
 * something else than the text does (`timeout = 30` of `timeout = 3000`, `allowed` of `!allowed` and of `dis-allowed`).
 * Characters that do not show belong to the word that they stand at.
 */
export function isCut(text: string, start: number, end: number): boolean {
  return isCutBefore(text, start) || isCutAfter(text, end);
}

const word = /[\p{L}\p{N}\p{M}\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}_$]/u;
const operator = /[=!<>&|+\-*/%^~?:.@#]/;
const digit = /\p{N}/u;
/** Stand before what they belong to. */
const sign = /[!~@#\-.\\]/;
/** Join words to one name, path, address or version. */
const joint = /^[-./\\@]$/;
const widerJoint = /^(?:::|->|\?\.|!\.)$/;
const apostrophe = /^['’]$/;

function isCutBefore(text: string, start: number): boolean {
  const [outer, inner] = [characterBefore(text, start), characterAt(text, start)];
  if (outer === '' || inner === '') return false;
  if (isJoined(outer, inner) || (sign.test(outer) && !isSpace(inner) && !operator.test(inner))) return true;
  const beyond = characterBefore(text, start - outer.length);
  if (!isWord(inner)) return false;
  return widerJoint.test(`${beyond}${outer}`) || (isWord(beyond) && joint.test(outer)) || isGrouped(beyond, outer, inner);
}

function isCutAfter(text: string, end: number): boolean {
  const [inner, outer] = [characterBefore(text, end), characterAt(text, end)];
  if (outer === '' || inner === '') return false;
  if (isJoined(inner, outer) || (digit.test(inner) && /[%‰°]/.test(outer))) return true;
  const beyond = characterAt(text, end + outer.length);
  if (!isWord(inner)) return false;
  return widerJoint.test(`${outer}${beyond}`) || (isWord(beyond) && (joint.test(outer) || apostrophe.test(outer))) || isGrouped(inner, outer, beyond);
}

/** `1,000`. */
function isGrouped(left: string, middle: string, right: string): boolean {
  return middle === ',' && digit.test(left) && digit.test(right);
}

function isJoined(left: string, right: string): boolean {
  return (isWord(left) && isWord(right)) || (operator.test(left) && operator.test(right));
}

function isWord(character: string): boolean {
  return word.test(character);
}

function isSpace(character: string): boolean {
  return /\s/.test(character);
}

function characterAt(text: string, at: number): string {
  const point = text.codePointAt(at);
  return point === undefined ? '' : String.fromCodePoint(point);
}

/** Empty at the beginning. */
function characterBefore(text: string, at: number): string {
  if (at <= 0) return '';
  const low = text.charCodeAt(at - 1);
  const isPair = low >= 0xdc00 && low <= 0xdfff && at > 1;
  return isPair ? characterAt(text, at - 2) : text.charAt(at - 1);
}
