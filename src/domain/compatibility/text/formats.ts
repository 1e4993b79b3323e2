import formats from 'ajv-formats';
import type { FormatName } from 'ajv-formats';

/** Formats that the validator knows, with texts that have them. */
const samples: Readonly<Record<FormatName, readonly string[]>> = {
  date: ['2026-01-31', '1999-12-31'],
  time: ['12:00:00Z', '23:59:59+01:00', '12:00:00.5Z'],
  'date-time': ['2026-01-31T12:00:00Z', '1999-12-31T23:59:59.5+01:00'],
  'iso-time': ['12:00:00', '12:00:00Z'],
  'iso-date-time': ['2026-01-31T12:00:00', '2026-01-31T12:00:00Z'],
  duration: ['P1D', 'PT1H', 'P2W'],
  uri: ['https://example.com/a', 'urn:a:b', 'https://example.com/a?b=c#d', 'http://localhost', 'mailto:a@example.com'],
  'uri-reference': ['a', '/a', '#a', 'https://example.com/a', ''],
  'uri-template': ['/{a}', 'a', 'https://example.com/{a}'],
  url: ['https://example.com/a', 'http://example.com', 'ftp://example.com/a'],
  email: ['a@example.com', 'a.b@c.example.com', 'A@EXAMPLE.COM'],
  hostname: ['example.com', 'localhost', 'a'],
  ipv4: ['127.0.0.1', '10.0.0.255'],
  ipv6: ['::1', '2001:db8::1'],
  regex: ['a', '^a+$', ''],
  uuid: ['123e4567-e89b-12d3-a456-426614174000', 'urn:uuid:123e4567-e89b-12d3-a456-426614174000', '123E4567-E89B-12D3-A456-426614174000'],
  'json-pointer': ['', '/a', '/a/0'],
  'json-pointer-uri-fragment': ['#', '#/a'],
  'relative-json-pointer': ['0', '1/a', '0#'],
  byte: ['YQ==', 'YWJj', ''],
  int32: [],
  int64: [],
  float: [],
  double: [],
  password: [],
  binary: [],
};

/** What every text of the one format is too. */
const within: readonly (readonly [string, string])[] = [['date-time', 'iso-date-time'], ['time', 'iso-time']];

/** Texts to try where formats are at play. */
export function textsOfFormats(): readonly string[] {
  return Object.values(samples).flat();
}

export function textsOfFormat(name: string): readonly string[] {
  return isFormat(name) ? samples[name] : [];
}

/** Whether a text has the format; a name that the validator does not know asks nothing. */
export function hasFormat(name: string, text: string): boolean {
  if (!asksSomething(name)) return true;
  const format = formats.default.get(name);
  const check: unknown = typeof format === 'object' && 'validate' in format ? format.validate : format;
  if (check instanceof RegExp) return check.test(text);
  return typeof check === 'function' ? Reflect.apply(check, undefined, [text]) === true : true;
}

export function isWithin(name: string, other: string): boolean {
  return name === other || within.some(([inner, outer]) => inner === name && outer === other);
}

/** Whether the format refuses any text at all. */
export function asksSomething(name: string): name is FormatName {
  return isFormat(name) && samples[name].length > 0;
}

function isFormat(name: string): name is FormatName {
  return Object.hasOwn(samples, name);
}
