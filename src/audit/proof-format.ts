import type { JsonObject, JsonValue } from '../domain/json-value.ts';
import { isJsonObject } from '../domain/json-value.ts';
import { parseJson } from '../domain/parse-json.ts';
import { base64Of, bytesOfBase64 } from './base64.ts';
import type { LogProof } from './log-proof.ts';
import { hashLength } from './merkle-hash.ts';

const jsonFormat = 'plumbline-proof/1';
const proofLine = 'c2sp.org/tlog-proof@v1';

export type ProofReading = { readonly kind: 'proof'; readonly proof: LogProof } | { readonly kind: 'problem'; readonly why: string };

/** Whether a file that begins so is a proof. */
export function beginsProof(start: string): boolean {
  return start.startsWith('{"checkpoint":') || start.startsWith(`${proofLine}\n`) || start.startsWith('old ');
}

/**
 * `json`: one line, with members in alphabetical order and nothing to spare. `c2sp`: of an entry the text of C2SP tlog-proof, with the leaf
 * as its extra; of an earlier size what C2SP tlog-witness takes to add a checkpoint. Neither has a place for keys.
 */
export function formatProof(proof: LogProof, form: 'json' | 'c2sp'): string {
  return form === 'json' ? jsonText(proof) : c2spText(proof);
}

/** Each proof has one spelling: any other is refused. */
export function readProof(text: string): ProofReading {
  const form = text.startsWith('{') ? 'json' : 'c2sp';
  const proof = form === 'json' ? ofJson(text) : text.startsWith(`${proofLine}\n`) ? ofTlogProof(text) : ofWitnessRequest(text);
  return proof !== null && formatProof(proof, form) === text ? { kind: 'proof', proof } : { kind: 'problem', why: 'it is no proof as plumbline audit prove writes them' };
}

function jsonText(proof: LogProof): string {
  const { checkpoint, keys } = proof;
  const path = proof.path.map(base64Of);
  const value = proof.kind === 'inclusion'
    ? { checkpoint, format: jsonFormat, index: proof.index, keys, leaf: proof.leaf, path }
    : { checkpoint, format: jsonFormat, from: { root: proof.from.root === null ? null : base64Of(proof.from.root), size: proof.from.size }, keys, path };
  return `${JSON.stringify(value)}\n`;
}

function c2spText(proof: LogProof): string {
  const path = proof.path.map((hash) => `${base64Of(hash)}\n`).join('');
  const head = proof.kind === 'inclusion' ? `${proofLine}\nextra ${base64Of(Buffer.from(proof.leaf))}\nindex ${proof.index}\n` : `old ${proof.from.size}\n`;
  return `${head}${path}\n${proof.checkpoint}`;
}

function ofJson(text: string): LogProof | null {
  const value = parseJson(text);
  if (!isJsonObject(value)) return null;
  const { checkpoint, keys, path, leaf, index } = value;
  const hashes = hashesOf(path);
  if (value['format'] !== jsonFormat || typeof checkpoint !== 'string' || !areTexts(keys) || hashes === null) return null;
  const rest = { path: hashes, checkpoint, keys };
  if (typeof leaf === 'string' && leaf.isWellFormed() && isSize(index)) return { kind: 'inclusion', index, leaf, ...rest };
  const from = isJsonObject(value['from']) ? fromOf(value['from']) : null;
  return from === null ? null : { kind: 'consistency', from, ...rest };
}

function fromOf({ root, size }: JsonObject): { readonly size: number; readonly root: Uint8Array | null } | null {
  const hash = root === null ? null : hashOf(root);
  return isSize(size) && size > 0 && (root === null || hash !== null) ? { size, root: hash } : null;
}

function ofTlogProof(text: string): LogProof | null {
  const [, extra = '', index = '', lines = '', checkpoint = ''] = /^[^\n]+\nextra ([^\n]+)\nindex (0|[1-9][0-9]{0,15})\n((?:[^\n]+\n)*)\n([\s\S]+)$/.exec(text) ?? [];
  const leaf = bytesOfBase64(extra);
  const path = hashesOf(lines.split('\n').slice(0, -1));
  if (checkpoint === '' || leaf === null || path === null) return null;
  return { kind: 'inclusion', index: Number(index), leaf: Buffer.from(leaf).toString('utf8'), path, checkpoint, keys: [] };
}

function ofWitnessRequest(text: string): LogProof | null {
  const [, size = '', lines = '', checkpoint = ''] = /^old ([1-9][0-9]{0,15})\n((?:[^\n]+\n)*)\n([\s\S]+)$/.exec(text) ?? [];
  const path = hashesOf(lines.split('\n').slice(0, -1));
  return checkpoint === '' || path === null ? null : { kind: 'consistency', from: { size: Number(size), root: null }, path, checkpoint, keys: [] };
}

/** A tree of 2^53 leaves has no longer proofs. */
const longestPath = 128;

function hashesOf(value: JsonValue | undefined): readonly Uint8Array[] | null {
  if (!Array.isArray(value) || value.length > longestPath) return null;
  const hashes = value.map(hashOf);
  return hashes.includes(null) ? null : hashes.filter((hash) => hash !== null);
}

function hashOf(value: JsonValue | undefined): Uint8Array | null {
  const bytes = typeof value === 'string' ? bytesOfBase64(value) : null;
  return bytes?.length === hashLength ? bytes : null;
}

function areTexts(value: JsonValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isSize(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
