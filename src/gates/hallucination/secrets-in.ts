import type { Evidence } from '../../domain/evidence.ts';
import type { SecretPlace } from '../../domain/probe-answer.ts';
import type { Carrier } from './evidence-carriers.ts';
import type { EvidenceObjection } from './evidence-objection.ts';

/** `objections`: none where nothing was found, or nobody looked yet. */
export type SecretsInEvidence = { readonly kind: 'looked'; readonly objections: readonly EvidenceObjection[] } | { readonly kind: 'unavailable'; readonly why: string };

/** Places that are told of one document. */
const told = 5;

/**
 * What looks like a secret in a document. Claims stand in the record of the decision, word by word, for as long as the audit log does, so nothing of such a
 * document is taken over. What nobody could look through may hold one.
 */
export function secretsIn(carrier: Carrier, evidence: Evidence): SecretsInEvidence {
  const answer = carrier.scan === null ? undefined : evidence.find(carrier.scan);
  if (answer === undefined) return { kind: 'looked', objections: [] };
  if (answer.kind === 'unavailable') return answer;
  if (answer.value.kind === 'undecided') return { kind: 'unavailable', why: `nobody can tell whether it has a secret: ${answer.value.why}` };
  return { kind: 'looked', objections: answer.value.secrets.filter((place) => isWithin(carrier, place)).slice(0, told).map(objectionTo) };
}

/** Whether it was looked for, where there is something to look through. */
export function isScanned({ scan }: Carrier, evidence: Evidence): boolean {
  return scan === null || evidence.has(scan);
}

/** Of a body the other blocks and what stands around them are none of this document. */
function isWithin({ path, linesBefore, content }: Carrier, { line }: SecretPlace): boolean {
  if (path !== null || content.kind !== 'bytes') return true;
  return line > linesBefore && line <= linesBefore + new TextDecoder().decode(content.bytes).split('\n').length;
}

/** Says what kind of secret it is, and nothing of it. */
function objectionTo({ rule, line, column }: SecretPlace): EvidenceObjection {
  return { line, column, message: `It has what looks like a secret (${rule}). Nothing of it is kept.`, expected: 'no secret', found: rule, next: 'Take the secret back where it was issued, and leave it out: cite the lines where it stands without a quote.' };
}
