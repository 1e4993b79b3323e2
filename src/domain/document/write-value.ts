import { isJsonObject } from '../json-value.ts';
import type { JsonValue } from '../json-value.ts';
import type { DocumentFormat } from './document.ts';
import type { DocumentPart } from './document-part.ts';
import { noPlaces } from './places.ts';
import { readYaml } from './yaml-reader.ts';

/** A value on one line, in the quotes of what it replaces where they can hold it. */
export function writeValue(value: JsonValue, format: DocumentFormat, style: DocumentPart['style'] = 'plain'): string {
  if (typeof value === 'string') return format === 'json' ? inDoubleQuotes(value) : yamlText(value, style);
  if (isJsonObject(value)) return `{${Object.entries(value).map(([key, member]) => `${writeKey(key, format)}: ${writeValue(member, format)}`).join(', ')}}`;
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => writeValue(item, format)).join(', ')}]`;
  return JSON.stringify(value);
}

/** A member's name. */
export function writeKey(name: string, format: DocumentFormat): string {
  return format === 'yaml' && isPlain(name) ? name : inDoubleQuotes(name);
}

function yamlText(value: string, style: DocumentPart['style']): string {
  if (style === 'single' && isOnOneLine(value)) return `'${value.replaceAll("'", "''")}'`;
  return style !== 'double' && isPlain(value) ? value : inDoubleQuotes(value);
}

/** What no reader takes for anything but this text: words and versions, in no place that means something in YAML 1.1. */
function isPlain(text: string): boolean {
  const isSimple = /^(?:[A-Za-z_][A-Za-z0-9_.+/@-]*(?::[A-Za-z0-9_.+/@-]+)*|[0-9]+\.[0-9]+\.[0-9]+[A-Za-z0-9.+-]*)$/.test(text);
  return isSimple && text.length <= 200 && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text) && readYaml(text, noPlaces()) === text;
}

function isOnOneLine(text: string): boolean {
  return /^[\u0020-\u007e\u00a0-\u2027\u2030-\ud7ff\ue000-\ufefe]*$/.test(text);
}

/** JSON's own escapes, and those of characters that YAML forbids or that end a line for some readers. */
function inDoubleQuotes(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
