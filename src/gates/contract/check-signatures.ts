import { fieldValue } from '../../domain/contract/contract-field.ts';
import { quoted } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { wasJudged } from '../../domain/release.ts';
import { shellWord } from '../../domain/shell-word.ts';
import type { PublicKey } from '../../domain/signature/public-key.ts';
import { waitForRetry } from '../../domain/wait-for-retry.ts';
import type { ContractWorld } from './contract-world.ts';
import type { JudgedContract } from './judged-contract.ts';
import { judgedSignatures } from './judged-signatures.ts';
import type { JudgedSignature } from './judged-signatures.ts';
import { knownKeys } from './key-source.ts';
import type { KnownKeys } from './key-source.ts';
import { releasedDocument } from './released-document.ts';
import { reportField } from './report.ts';
import { endOf, hasSameSignature, signatureClaim } from './signature-claim.ts';
import type { Signed } from './signature-claim.ts';
import { signCommand, signingStep } from './signing-step.ts';

/** A version that is released in this change is signed where that is required, and what signature it has is good. */
export function checkSignatures(world: ContractWorld): readonly Finding[] {
  const known = knownKeys(world.snapshot, world.configuration, world.evidence);
  return judgedSignatures(world).flatMap((judged) => checkSignature(judged, world, known));
}

/** Instants, within what the change relies on, from which on a key is good for no new release. */
export function signatureExpiries(world: ContractWorld): readonly string[] {
  const known = knownKeys(world.snapshot, world.configuration, world.evidence);
  if (known.keys.every(({ notAfter }) => notAfter === null)) return [];
  const used = judgedSignatures(world).flatMap((judged) => (judged.isNew ? (verifyingKey(judged, world, known) ?? []) : []));
  return [...new Set(used)].filter((key) => key.notAfter !== null && !hasEnded(key, world)).map((key) => new Date(endOf(key)).toISOString());
}

function verifyingKey({ file, contract }: JudgedSignature, world: ContractWorld, known: KnownKeys): PublicKey | null {
  const claim = signatureClaim(contract, file.set.fields, known);
  const answer = claim.kind === 'question' ? world.evidence.find(claim.request) : undefined;
  const verified = answer?.kind === 'answered' && answer.value.kind === 'verified' ? answer.value.key : null;
  return known.keys.find(({ digest }) => digest === verified) ?? null;
}

/** What comes back with the signature that it was released with was judged then. */
function checkSignature(judged: JudgedSignature, world: ContractWorld, known: KnownKeys): readonly Finding[] {
  if (judged.restored === null || !wasJudged(judged.restored)) return checkClaim(judged, world, known);
  const released = releasedDocument(judged.restored, world);
  if (released.kind === 'unavailable') return [unreleased(judged, released.why)];
  return hasSameSignature({ document: released.document, path: judged.restored.path }, judged.contract, judged.file.set.fields) ? [] : checkClaim(judged, world, known);
}

function checkClaim(judged: JudgedSignature, world: ContractWorld, known: KnownKeys): readonly Finding[] {
  const claim = signatureClaim(judged.contract, judged.file.set.fields, known);
  switch (claim.kind) {
    case 'none':
      return judged.file.signatures === 'required' ? [missing(judged, known, world)] : [];
    case 'malformed':
      return [invalid(judged, claim.found, claim.expected)];
    case 'mismatch':
      return [mismatch(judged, claim.found, claim.expected)];
    case 'unknown':
      return [known.unavailable.length > 0 ? unreadable(judged, known) : unknown(judged, claim.kid, known)];
    case 'question': {
      const answer = world.evidence.find(claim.request);
      if (answer === undefined || answer.kind === 'unavailable') return [unanswered(judged, answer?.why ?? 'it was not asked')];
      // Another key of this id may stand in what could not be read, with another end.
      if (known.unavailable.length > 0) return [unreadable(judged, known)];
      if (answer.value.kind === 'verified') return checkEnd(judged, world, known);
      if (answer.value.kind === 'unusable') return [mismatch(judged, answer.value.why, 'a key that can verify')];
      return [invalid(judged, 'a signature that does not verify', `one over the canonical bytes of this content (${judged.contract.contentHash}), made with the key ${quoted(claim.request.signature.kid)}`)];
    }
  }
}

/** Releases recorded before the end stay verified; nothing new is released with the key. */
function checkEnd(judged: JudgedSignature, world: ContractWorld, known: KnownKeys): readonly Finding[] {
  const key = judged.isNew ? verifyingKey(judged, world, known) : null;
  if (key === null || !hasEnded(key, world)) return [];
  return [mismatch(judged, `a key that is good for no new release since ${key.notAfter ?? ''}`, 'a key whose notAfter is to come', `Set kmsKeyRef to a newer key, then ${commandFor(judged)}.`)];
}

function hasEnded(key: PublicKey, { snapshot }: ContractWorld): boolean {
  return endOf(key) <= Date.parse(snapshot.now);
}

function missing(judged: JudgedSignature, known: KnownKeys, world: ContractWorld): Finding {
  const { contract } = judged;
  const what = judged.isNew ? 'would be released without a signature' : judged.restored === null ? 'would lose its signature' : 'would come back without its signature';
  return report(judged, { code: 'contract/signature_missing', message: `${contract.contractId} ${contract.version} ${what}, and signatures are required here.`, expected: 'a detached JWS over the content, as `signature`', found: 'none', next: signingStep(judged.file.path, referenceOf(judged.file, contract), known, Date.parse(world.snapshot.now)) });
}

function invalid(judged: JudgedSignature, found: string, expected: string): Finding {
  const { contract } = judged;
  return report(judged, { code: 'contract/signature_invalid', message: `The signature of ${contract.contractId} ${contract.version} is not valid: found ${found}, expected ${expected}.`, expected, found, next: `Sign the content as it is now: ${commandFor(judged)}.` });
}

function mismatch(judged: JudgedSignature, found: string, expected: string, next = `Sign with the key that kmsKeyRef names: ${commandFor(judged)}.`): Finding {
  const { contract } = judged;
  return report(judged, { code: 'contract/key_mismatch', message: `The signature of ${contract.contractId} ${contract.version} is not one that its key allows: found ${found}, expected ${expected}.`, expected, found, next });
}

function unknown(judged: JudgedSignature, kid: string, known: KnownKeys): Finding {
  const { contract } = judged;
  const broken = known.unusable.map(({ what, why }) => ` ${what} at the base is no valid key file (${why}), so none of its keys counts.`).slice(0, 3);
  const [file] = known.unusable;
  const next = file === undefined ? mergeKey(kid) : `Mend ${shellWord(file.what)} first, in a change of its own.`;
  return report(judged, { code: 'contract/key_unknown', message: `${contract.contractId} ${contract.version} is signed with ${quoted(kid)}, which is no key at the base, nor the operator's.${broken.join('')}`, expected: 'a key that was merged before its first contract', found: quoted(kid), next });
}

function mergeKey(kid: string): string {
  if (!kid.startsWith('local:')) return `Merge its public key first, in a change of its own: add its JWK with the kid ${quoted(kid)} to a key file.`;
  return `Merge its public key first, in a change of its own: \`plumbline contract key ${shellWord(kid)} --private <file>\` makes one.`;
}

function unreadable(judged: JudgedSignature, known: KnownKeys): Finding {
  const [lost] = known.unavailable;
  const what = lost?.what ?? 'the keys';
  const why = lost?.why ?? 'they were not read';
  return report(judged, { code: 'snapshot/unreadable', message: `Cannot verify the signature of ${judged.contract.contractId} ${judged.contract.version}: ${what} could not be read (${why}).`, expected: what, found: why, next: waitForRetry });
}

function unreleased(judged: JudgedSignature, why: string): Finding {
  const { contract } = judged;
  return report(judged, { code: 'snapshot/unreadable', message: `Cannot compare the signature of ${contract.contractId} ${contract.version} with the released one: ${why}, expected the released file.`, expected: 'the released file', found: why, next: waitForRetry });
}

function unanswered(judged: JudgedSignature, why: string): Finding {
  return report(judged, { code: 'snapshot/unreadable', message: `Cannot verify the signature of ${judged.contract.contractId} ${judged.contract.version}: ${why}.`, expected: 'an answer whether it verifies', found: why, next: waitForRetry });
}

function report({ file, contract }: JudgedSignature, words: Omit<Parameters<typeof reportField>[2], 'subject'>): Finding {
  return reportField(file, 'signature', { ...words, subject: `${contract.contractId}@${contract.key}` });
}

function commandFor({ file, contract }: JudgedSignature): string {
  return signCommand(file.path, referenceOf(file, contract));
}

function referenceOf({ set }: JudgedContract, { document, path }: Signed): JsonValue | undefined {
  return fieldValue(document.value, set.fields, 'kmsKeyRef', path);
}
