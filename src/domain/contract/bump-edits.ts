import inc from 'semver/functions/inc.js';
import type { ContractField, ContractFields } from '../configuration/configuration.ts';
import type { Digest } from '../digest.ts';
import type { DocumentEdit } from '../document/edit-document.ts';
import type { JsonValue } from '../json-value.ts';
import { isBumpEnough, smallestVersion } from './change-class.ts';
import type { BumpLevel, ChangeClass } from './change-class.ts';
import { contractFields, fieldPointer, fieldValue } from './contract-field.ts';
import { isSuccessor } from './version.ts';

export interface BumpRequest {
  readonly document: JsonValue;
  readonly fields: ContractFields;
  readonly path: string;
  /** The greatest release of the id, with the value of its signature field; null for an id that never had one. */
  readonly newest: { readonly version: string; readonly contentHash: Digest; readonly signature: JsonValue | undefined } | null;
  /** The strictest class of what changed since then. */
  readonly changed: ChangeClass;
  /** What the author asks for; null for the smallest version that is enough, or the document's own where it is. */
  readonly level: BumpLevel | null;
  /** What `policyChecksumOf` gives for the base. */
  readonly policyChecksum: Digest;
  /** Whether it can only be active: it takes the place of a released version, or was copied from one that came to its end. */
  readonly isActive: boolean;
}

export type Bump =
  | { readonly kind: 'edits'; readonly version: string; readonly edits: readonly DocumentEdit[] }
  /** The level asked for says less than the change does. */
  | { readonly kind: 'too-small'; readonly version: string; readonly needed: string }
  /** A field that would have to change does not stand in the document, or no version is left. */
  | { readonly kind: 'impossible'; readonly field: ContractField; readonly found: string; readonly expected: string };

/** What makes a contract the successor of its newest release: version, link, policy checksum, no stale signature. Pure; nothing is signed here. */
export function bumpEdits(request: BumpRequest): Bump {
  const { newest, changed, level } = request;
  const written = valueOf(request, 'contractVersion');
  const current = typeof written === 'string' ? written : '';
  const version = newest === null ? current : nextVersion(newest.version, current, request);
  if (newest !== null && !isSuccessor(version, newest.version)) return { kind: 'impossible', field: 'contractVersion', found: newest.version, expected: 'a version that another one can follow' };
  if (newest !== null && level !== null && !isBumpEnough(newest.version, version, changed)) return { kind: 'too-small', version, needed: smallestVersion(newest.version, changed) };
  const wanted = wantedFields(request, version);
  const fixed = wanted.find(({ field }) => request.fields[field].kind !== 'pointer');
  if (fixed !== undefined) return impossible(request, fixed.field);
  return { kind: 'edits', version, edits: [...wanted, ...staleSignature(request, wanted)].map(({ field, value }) => editOf(request.fields, field, value)) };
}

/** The edit of one field, new ones beside their neighbours of the envelope. */
export function editOf(fields: ContractFields, field: ContractField, value: JsonValue | undefined): DocumentEdit {
  return { pointer: fieldPointer(fields, field), value, order: contractFields.map((one) => fieldPointer(fields, one)).filter((pointer) => pointer !== '') };
}

interface FieldEdit {
  readonly field: ContractField;
  readonly value: JsonValue | undefined;
}

function nextVersion(previous: string, current: string, { changed, level }: BumpRequest): string {
  if (level === null) return isBumpEnough(previous, current, changed) ? current : smallestVersion(previous, changed);
  const next = inc(previous, level) ?? previous;
  return previous.startsWith('v') ? `v${next}` : next;
}

/** Fields of the content and the lifecycle that differ from what they have to be. */
function wantedFields(request: BumpRequest, version: string): readonly FieldEdit[] {
  const { newest, policyChecksum, isActive } = request;
  const ref = valueOf(request, 'previousContractRef') ?? null;
  const parent = newest?.contentHash ?? null;
  const wanted: readonly (FieldEdit & { readonly isWanted: boolean })[] = [
    { field: 'contractVersion', value: version, isWanted: valueOf(request, 'contractVersion') !== version },
    { field: 'previousContractRef', value: parent, isWanted: ref !== parent },
    { field: 'policyBundleChecksum', value: policyChecksum, isWanted: typeof valueOf(request, 'policyBundleChecksum') === 'string' && valueOf(request, 'policyBundleChecksum') !== policyChecksum },
    { field: 'lifecycle', value: 'active', isWanted: isActive && valueOf(request, 'lifecycle') !== 'active' },
  ];
  return wanted.filter(({ isWanted }) => isWanted).map(({ field, value }) => ({ field, value }));
}

/** A signature of other content: it is the release's own, or the content changes now. */
function staleSignature(request: BumpRequest, wanted: readonly FieldEdit[]): readonly FieldEdit[] {
  const signature = valueOf(request, 'signature');
  if (signature === undefined || signature === null || request.fields.signature.kind !== 'pointer') return [];
  const isStale = wanted.some(({ field }) => field !== 'lifecycle') || signature === request.newest?.signature;
  return isStale ? [{ field: 'signature', value: undefined }] : [];
}

function valueOf({ document, fields, path }: BumpRequest, field: ContractField): JsonValue | undefined {
  return fieldValue(document, fields, field, path);
}

function impossible({ fields }: BumpRequest, field: ContractField): Bump {
  const source = fields[field];
  const found = source.kind === 'value' ? `${field} fixed to ${JSON.stringify(source.value.slice(0, 80))} by \`fields\`` : `${field} taken from the path by \`fields\``;
  return { kind: 'impossible', field, found, expected: 'a field that stands in the document' };
}
