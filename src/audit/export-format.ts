import type { Digest } from '../domain/digest.ts';
import type { JsonObject, JsonValue } from '../domain/json-value.ts';
import { isJsonObject } from '../domain/json-value.ts';
import { parseJson } from '../domain/parse-json.ts';
import { base64Of } from './base64.ts';
import type { Opening } from './entry.ts';
import type { EntryItem, LogHeader, LogItem, SnapshotItem } from './log-source.ts';

/** First line of an export. The number changes when a reader of today could misread what is written. */
export const exportFormat = 'plumbline-audit/3';

/** Exports of before snapshots were kept, and of before what was judged was. */
const olderFormats: readonly JsonValue[] = ['plumbline-audit/1', 'plumbline-audit/2'];

/**
 * The lines of an export are JSON with members in alphabetical order and nothing to spare, so that each content has one
 * spelling and no byte of the file can change unseen.
 */
export function formatHeader(header: LogHeader, format: string = exportFormat): string {
  const { account, checkpoints, keys, size } = header;
  return `${JSON.stringify({ account, checkpoints, format, keys, size })}\n`;
}

export function formatItem(item: EntryItem | SnapshotItem): string {
  return `${textOf(item)}\n`;
}

function textOf(item: EntryItem | SnapshotItem): string {
  return item.kind === 'snapshot' ? JSON.stringify({ digest: item.digest, snapshot: base64Of(item.gzip) }) : textOfEntry(item);
}

function textOfEntry(item: EntryItem): string {
  const openings = item.openings.map(({ bytes, digest, nonce }) => ({ bytes: base64Of(bytes), digest, nonce: base64Of(nonce) }));
  const hash = item.leafHash === null ? null : base64Of(item.leafHash);
  return JSON.stringify({ leaf: item.leaf, leafHash: hash, openings, sequence: item.sequence });
}

export type HeaderReading =
  | { readonly kind: 'header'; readonly header: LogHeader }
  | { readonly kind: 'problem'; readonly why: string };

export function readHeader(line: string): HeaderReading {
  const value = parseJson(line);
  if (!isJsonObject(value) || typeof value['format'] !== 'string') return { kind: 'problem', why: 'its first line is not the header of an audit export' };
  const { account, checkpoints, format, keys, size } = value;
  if (format !== exportFormat && !olderFormats.includes(format)) return { kind: 'problem', why: `it is written in another format than ${exportFormat}` };
  if (!isCount(account) || !isCount(size) || !isTexts(checkpoints) || !isTexts(keys)) return { kind: 'problem', why: 'its header is malformed' };
  const header = { account, size, checkpoints, keys };
  return formatHeader(header, format) === `${line}\n` ? { kind: 'header', header } : { kind: 'problem', why: 'its header has another spelling than ours' };
}

export function readItem(line: string): LogItem {
  const value = parseJson(line);
  if (!isJsonObject(value)) return { kind: 'unreadable', why: 'the line is not a JSON object' };
  const item = Object.hasOwn(value, 'snapshot') ? snapshotOf(value) : entryOf(value);
  if (item === null) return { kind: 'unreadable', why: 'the line is malformed' };
  // Also what makes the lenient base64 reader strict: another spelling is not written again as it was.
  return textOf(item) === line ? item : { kind: 'unreadable', why: 'the line has another spelling than ours' };
}

function snapshotOf({ digest, snapshot }: JsonObject): SnapshotItem | null {
  return typeof snapshot === 'string' && isLikeDigest(digest) ? { kind: 'snapshot', digest, gzip: Buffer.from(snapshot, 'base64') } : null;
}

function entryOf(value: JsonObject): EntryItem | null {
  const { leaf, leafHash, openings, sequence } = value;
  const opened = Array.isArray(openings) ? openings.map(readOpening) : [null];
  const hash = typeof leafHash === 'string' ? Buffer.from(leafHash, 'base64') : null;
  if (typeof leaf !== 'string' || !leaf.isWellFormed() || !isCount(sequence) || !isComplete(opened)) return null;
  return { kind: 'entry', sequence, leaf, leafHash: hash, openings: opened };
}

function readOpening(value: JsonValue): Opening | null {
  if (!isJsonObject(value)) return null;
  const { bytes, digest, nonce } = value;
  if (typeof bytes !== 'string' || typeof nonce !== 'string' || !isLikeDigest(digest)) return null;
  return { digest, nonce: Buffer.from(nonce, 'base64'), bytes: Buffer.from(bytes, 'base64') };
}

/** Only its kind: whoever uses an opening compares all of it. */
function isLikeDigest(value: JsonValue | undefined): value is Digest {
  return typeof value === 'string' && value.startsWith('sha256:');
}

function isCount(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isTexts(value: JsonValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isComplete(openings: readonly (Opening | null)[]): openings is readonly Opening[] {
  return !openings.includes(null);
}
