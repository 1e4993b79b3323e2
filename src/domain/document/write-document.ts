import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import type { DocumentFormat } from './document.ts';
import { writeKey, writeValue } from './write-value.ts';

/** A new document, one member a line, for people to go on writing. */
export function writeDocument(value: JsonObject, format: DocumentFormat): string {
  return format === 'json' ? `${JSON.stringify(value, null, 2)}\n` : blockText(value, '');
}

function blockText(value: JsonObject, indent: string): string {
  return Object.entries(value).map(([name, member]) => `${indent}${writeKey(name, 'yaml')}:${memberText(member, indent)}`).join('');
}

function memberText(value: JsonValue, indent: string): string {
  if (isJsonObject(value) && Object.keys(value).length > 0) return `\n${blockText(value, `${indent}  `)}`;
  return ` ${writeValue(value, 'yaml')}\n`;
}
