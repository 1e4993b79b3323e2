import type { JsonValue } from '../json-value.ts';
import { parseJson } from '../parse-json.ts';

/** JSON with comments and commas before an end, as `tsconfig.json` has them; undefined for any other text. */
export function readJsonc(text: string): JsonValue | undefined {
  const tokens = text.replace(/^\uFEFF/, '').match(/"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\/|[^"/]+|["/]/g) ?? [];
  const plain = tokens.map((token) => (token.startsWith('//') || token.startsWith('/*') ? ' ' : token));
  return parseJson(plain.map((token, index) => (token.startsWith('"') ? token : withoutLastComma(token, plain, index))).join(''));
}

/** A comma after which, but for blanks, something ends: perhaps in a later piece. */
function withoutLastComma(token: string, tokens: readonly string[], index: number): string {
  const closed = token.replaceAll(/,(\s*[\]}])/g, '$1');
  if (!/,\s*$/.test(closed)) return closed;
  const next = tokens.slice(index + 1, index + 50).find((one) => one.trim() !== '');
  return next !== undefined && /^\s*[\]}]/.test(next) ? closed.replace(/,\s*$/, '') : closed;
}
