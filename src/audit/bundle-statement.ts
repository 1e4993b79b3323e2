import { canonicalBytes } from '../domain/canonical.ts';
import { digestOfBytes } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';
import type { JsonObject } from '../domain/json-value.ts';
import { base64Of } from './base64.ts';
import type { Bundle, BundleEntry, BundleQuestion } from './bundle.ts';
import type { Snapshot } from './snapshot.ts';

/** Of the payload, as in-toto says. */
export const statementPayloadType = 'application/vnd.in-toto+json';

/** The number changes when a reader of before could misread what is written: the first form held nothing of what was judged. */
export const bundlePredicateTypes = { first: 'urn:plumbline:audit-bundle:v1', current: 'urn:plumbline:audit-bundle:v2' } as const;

/** The bytes that are signed: an in-toto Statement in RFC 8785 form. */
export function bundlePayload(bundle: Bundle): Uint8Array {
  return canonicalBytes(bundleStatement(bundle));
}

/** An in-toto Statement of version 1: its subjects are the leaves, the checkpoint and what the snapshots hold, each by the SHA-256 of its bytes. */
export function bundleStatement(bundle: Bundle): JsonObject {
  const { entries, checkpoint, snapshots, inputs } = bundle;
  const subject = [
    subjectOf('checkpoint', digestOfBytes(checkpoint)),
    ...entries.map(({ sequence, leaf }) => subjectOf(`entries/${sequence}`, digestOfBytes(leaf))),
    ...snapshots.map(({ digest }) => subjectOf(`snapshots/${digest}`, digest)),
    ...(inputs ?? []).map(({ digest }) => subjectOf(`inputs/${digest}`, digest)),
  ];
  return { _type: 'https://in-toto.io/Statement/v1', predicate: predicateOf(bundle), predicateType: inputs === null ? bundlePredicateTypes.first : bundlePredicateTypes.current, subject };
}

function subjectOf(name: string, digest: Digest): JsonObject {
  return { digest: { sha256: digest.slice('sha256:'.length) }, name };
}

function predicateOf({ account, asked, checkpoint, entries, logKeys, signingKey, policyDigests, snapshots, inputs }: Bundle): JsonObject {
  return {
    account,
    asked: askedForm(asked),
    checkpoint,
    entries: entries.map(entryForm),
    ...(inputs === null ? {} : { inputs: inputs.map(snapshotForm) }),
    logKeys,
    policyDigests,
    signingKey: { algorithm: signingKey.algorithm, id: signingKey.id, publicKey: base64Of(signingKey.spki) },
    snapshots: snapshots.map(snapshotForm),
  };
}

function snapshotForm({ digest, gzip }: Snapshot): JsonObject {
  return { digest, gzip: base64Of(gzip) };
}

function askedForm(asked: BundleQuestion): JsonObject {
  switch (asked.kind) {
    case 'pull-request':
      return { kind: asked.kind, number: asked.number, repository: { id: asked.repository.id, name: asked.repository.name } };
    case 'period':
      return { from: asked.from, kind: asked.kind, to: asked.to };
    case 'contract':
      return { id: asked.id, kind: asked.kind };
  }
}

function entryForm({ sequence, leaf, openings, proof }: BundleEntry): JsonObject {
  return {
    leaf,
    openings: openings.map(({ bytes, digest, nonce }) => ({ bytes: base64Of(bytes), digest, nonce: base64Of(nonce) })),
    proof: proof.map(base64Of),
    sequence,
  };
}
