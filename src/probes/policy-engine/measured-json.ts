import type { JsonValue } from '../../domain/json-value.ts';
import { evaluationLimits } from './evaluation-protocol.ts';

type Parse = typeof JSON.parse;

const parse: Parse = JSON.parse.bind(JSON);

/** Text of our own, which needs no measuring. */
export const readOwnJson = parse;

/** @throws for what is too long or too deep: reading what is nested without end takes the runtime minutes, in which nothing stops it. */
export function readMeasuredJson(text: string): JsonValue {
  objectTo(text);
  return parse(text);
}

/** From here on the SDK, too, reads only what was measured: it takes whatever a module hands to a built-in, or says of itself. */
export function measureEveryJson(): void {
  Object.assign(JSON, { parse: measured });
}

const measured: Parse = (text, reviver) => {
  objectTo(text);
  return parse(text, reviver);
};

function objectTo(text: string): void {
  if (text.length > evaluationLimits.resultBytes) throw new Error(`the answer is longer than ${evaluationLimits.resultBytes} characters`);
  if (isTooDeep(text)) throw new Error(`the answer has more than ${evaluationLimits.resultDepth} levels`);
}

function isTooDeep(text: string): boolean {
  const [quote, opensList, closesList, opensObject, closesObject] = [34, 91, 93, 123, 125];
  let depth = 0;
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place);
    if (unit === quote) place = endOfText(text, place);
    else if (unit === opensList || unit === opensObject) depth += 1;
    else if (unit === closesList || unit === closesObject) depth -= 1;
    if (depth > evaluationLimits.resultDepth) return true;
  }
  return false;
}

/** The quote that ends the text that begins here; the last place where none does. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text[end - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}
