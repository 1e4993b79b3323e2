import { jsonExcess } from '../../domain/json-excess.ts';
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
  if (jsonExcess(Buffer.from(text), { levels: evaluationLimits.resultDepth }) !== null) throw new Error(`the answer has more than ${evaluationLimits.resultDepth} levels`);
}
