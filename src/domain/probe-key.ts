import { digestOfBytes } from './digest.ts';
import type { Digest } from './digest.ts';
import type { JsonValue } from './json-value.ts';
import { foldedLogin } from './people/contributor.ts';
import type { PolicySource, ProbeRequest, RequestOf } from './probe-request.ts';

export function keyOf(request: ProbeRequest): string {
  return keyWith(request.kind, subjectOf(request));
}

/** What can be asked once needs no subject. */
export function keyWith(kind: string, subject: string): string {
  return subject === '' ? kind : `${kind}:${subject}`;
}

/**
 * What a request is about, among all of its kind. Every round asks for thousands of blobs again: their names stand as they
 * are, since a text that is put together anew is written and hashed before it can be looked up.
 */
export function subjectOf(request: ProbeRequest): string {
  switch (request.kind) {
    case 'blob':
    case 'organization-blob':
      return request.blob;
    case 'releases':
      return `${request.entry}:${request.contractId}`;
    case 'paths':
      return `${request.entry}:${request.path}`;
    case 'schema-versions':
      return `${request.entry}:${request.family}`;
    case 'record':
      return request.entry;
    case 'validation':
      return `${request.schema.kind === 'builtin' ? request.schema.name : request.schema.blob}:${request.blob}`;
    case 'comparison':
      return `${request.older.blob}:${request.newer.blob}:${request.mode}:${request.preset}`;
    case 'signature':
      return `${request.contentHash}:${digestOfBytes(`${request.signature.header}..${request.signature.signature}`)}:${request.keys.map((key) => key.digest).join(',')}`;
    case 'operator-keys':
    case 'contributors':
    case 'votes':
      return '';
    case 'membership':
      return `${request.group}:${foldedLogin(request.login)}:${request.id ?? ''}`;
    case 'secrets':
      return `${request.blob}:${request.path}`;
    case 'file-at':
      return `${request.commit}:${request.path}`;
    case 'commit-protected':
      return request.commit;
    case 'check-run':
      return String(request.id);
    case 'package':
      return JSON.stringify([request.ecosystem, request.name, request.version, request.indexes]);
    case 'imports':
      return changedDigest(request);
    case 'calibration':
      return request.agent;
    case 'usage-window':
      return JSON.stringify([request.scope, request.agent, request.from, request.to, request.stated?.changeDigest ?? null, request.stated?.usageDigest ?? null]);
    case 'claim-judgement':
      return digestOfBytes(JSON.stringify([request.claim, request.passages.map(({ path, text }) => [path, text])]));
    case 'pinned-bundle':
      return `${request.digest}:${request.url}`;
    case 'behavior-reading':
      return `${request.path}:${request.blob}:${request.base}:${request.head ?? ''}:${request.documents.map(({ path, blob }) => `${path}=${blob}`).join(',')}`;
    case 'drift-state':
      return request.behavior;
    case 'policies':
      return policiesDigest(request);
  }
}

const digestedChanges = new WeakMap<RequestOf<'imports'>['changed'], string>();

function changedDigest({ commit, changed }: RequestOf<'imports'>): string {
  const known = digestedChanges.get(changed);
  if (known !== undefined) return known;
  const digest = `${commit}:${digestOfBytes(JSON.stringify(changed))}`;
  digestedChanges.set(changed, digest);
  return digest;
}

/** Asked for in every round: what is asked is digested once. */
const digested = new WeakMap<RequestOf<'policies'>, Digest>();

function policiesDigest(request: RequestOf<'policies'>): Digest {
  const known = digested.get(request);
  if (known !== undefined) return known;
  const digest = digestOfBytes(JSON.stringify([sourceDigests(request.policies), request.input, request.subjects]));
  digested.set(request, digest);
  return digest;
}

function sourceDigests(policies: PolicySource): JsonValue {
  if (policies === null) return null;
  if ('bundle' in policies) return { bundle: digestOfBytes(policies.bundle), keys: policies.keys.map(({ digest }) => digest) };
  return policies.map(({ path, bytes }) => [path, digestOfBytes(bytes)]);
}
