import * as fc from 'fast-check';
import { isJsonObject } from '../../src/domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../src/domain/json-value.ts';

/** Draws one of several ways to write the same thing. */
type Draw = <Option>(...options: readonly Option[]) => Option;

export interface WrittenDocument {
  readonly path: string;
  readonly value: JsonObject;
  readonly text: string;
}

const name = fc.constantFrom('contractId', 'contractVersion', 'previousContractRef', 'lifecycle', 'emergencyFlags', 'signature', 'spec', 'meta', '__proto__', 'a b', 'ä', 'x-1');
const leaf = fc.oneof(fc.constantFrom<JsonValue>(null, true, false, 0, -1.5, '', '1.0.0', '1.0', 'draft', 'true', "it's", 'say "hi"', 'a: b', '# no', 'two\nlines\n', 'ünï', '- x', '{', 'x #y'), fc.string({ maxLength: 6 }), fc.integer());

const tree = fc.letrec<{ value: JsonValue; object: JsonObject }>((tie) => ({
  value: fc.oneof({ maxDepth: 3, depthSize: 'small' }, leaf, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(name, tie('value'), { maxKeys: 6 }),
}));

export const someValue = tree.value;
export const someName = name;

/** Documents in both formats as people write them: comments, blank lines, either quotes, blocks and braces, either line end. */
export const aWrittenDocument: fc.Arbitrary<WrittenDocument> = fc.tuple(fc.boolean(), tree.object, fc.array(fc.nat(), { minLength: 40, maxLength: 40 })).map(([isJson, value, choices]) => {
  const draw = drawFrom(choices);
  const lineEnd = draw('\n', '\r\n');
  const text = isJson ? `${draw('', '\n')}${jsonText(value, draw, '')}${draw('', '\n')}` : yamlDocument(value, draw);
  return { path: isJson ? 'a.json' : 'a.yaml', value, text: text.replaceAll('\n', lineEnd) };
});

function drawFrom(choices: readonly number[]): Draw {
  let at = 0;
  return (...options) => {
    at += 1;
    return options[((choices[at % choices.length] ?? 0) + at) % options.length]!;
  };
}

function jsonText(value: JsonValue, draw: Draw, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const gap = draw('', ' ', `\n${indent}  `, `\n\n${indent}\t`);
  const colon = draw(':', ': ', ' : ');
  const items = isJsonObject(value) ? Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}${colon}${jsonText(member, draw, `${indent}  `)}`) : value.map((item) => jsonText(item, draw, `${indent}  `));
  return items.length === 0 ? `${open}${draw('', ' ')}${close}` : `${open}${gap}${items.join(`${draw('', ' ')},${gap}`)}${gap}${close}`;
}

function yamlDocument(value: JsonObject, draw: Draw): string {
  const head = `${draw('', '# head\n', '# head\n\n')}${draw('', '---\n')}`;
  if (Object.keys(value).length === 0 || draw(false, false, false, true)) return `${head}${flow(value, draw)}${draw('', '\n', ' # end\n')}`;
  const body = block(value, draw, draw('', '', '  '));
  const isOpen = draw(true, false) && !/[\n ]\n$/.test(body) && !/[|>]/.test(body);
  return `${head}${isOpen ? body.slice(0, -1) : `${body}${draw('', '# end\n', '\n')}`}`;
}

function block(value: JsonObject, draw: Draw, indent: string): string {
  return Object.entries(value).map(([key, member]) => `${draw('', '', `${indent}# about\n`, '\n')}${indent}${yamlKey(key, draw)}:${afterColon(member, draw, indent)}`).join('');
}

function afterColon(value: JsonValue, draw: Draw, indent: string): string {
  const comment = draw('', '', ' # c', '   # d: e');
  if (value === null && draw(true, false)) return `${comment}\n`;
  if (value === 'two\nlines\n' && draw(true, false)) return ` |${comment}\n${indent}  two\n${indent}  lines\n`;
  if (isJsonObject(value) && Object.keys(value).length > 0 && draw(true, true, false)) {
    const inner = block(value, draw, `${indent}${draw('  ', ' ', '    ')}`);
    return `${comment}\n${inner}${inner.includes('|') ? '' : draw('', `${indent}    # deep\n`)}`;
  }
  if (Array.isArray(value) && value.length > 0 && draw(true, false)) {
    const inner = `${indent}${draw('', '  ')}`;
    return `${comment}\n${value.map((item: JsonValue) => `${inner}- ${flow(item, draw)}${draw('', ' # i')}\n`).join('')}`;
  }
  return `${draw(' ', '  ', `\n${indent}   `)}${flow(value, draw)}${comment}\n`;
}

function flow(value: JsonValue, draw: Draw): string {
  if (typeof value === 'string') return yamlString(value, draw);
  if (isJsonObject(value)) {
    const gap = draw('', ' ');
    const members = Object.entries(value).map(([key, member]) => `${yamlKey(key, draw)}: ${flow(member, draw)}`);
    return `{${gap}${members.join(`,${draw('', ' ')}`)}${members.length > 0 ? draw('', ',') : ''}${gap}}`;
  }
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => flow(item, draw)).join(', ')}]`;
  return JSON.stringify(value);
}

function yamlKey(key: string, draw: Draw): string {
  return draw(/^[\w-]+$/.test(key) ? key : JSON.stringify(key), JSON.stringify(key), `'${key}'`);
}

function yamlString(text: string, draw: Draw): string {
  const quoted = JSON.stringify(text).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const single = /^[ -~]*$/.test(text) ? `'${text.replaceAll("'", "''")}'` : quoted;
  return draw(/^(?:draft|ünï|1\.0\.0)$/.test(text) ? text : quoted, quoted, single);
}
