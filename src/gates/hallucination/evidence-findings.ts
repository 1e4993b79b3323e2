import { finding, quoted } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import { stepForHands } from '../../domain/people/step-for-hands.ts';
import { doubtAboutHands, subjectOf } from './grounding-world.ts';
import type { GroundingWorld } from './grounding-world.ts';
import { isScanned } from './secrets-in.ts';
import type { SentDocument } from './sent-evidence.ts';

/** What is to say about the documents as such: that one is missing, broken, about something else, or says what is not for it to say. */
export function evidenceFindings(world: GroundingWorld): readonly Finding[] {
  const { documents } = world.sent;
  return [...unknownHands(world), ...missingEvidence(world), ...documents.flatMap((one, index) => {
    const inBodyOf = { subject: subjectOf(world, documents.length === 1 ? 'body' : `body ${index}`) };
    return [...unscanned(world, one, inBodyOf), ...documentFindings(one, inBodyOf)];
  })];
}

/**
 * An agent may be among them: what is not known is no pass. A head that was not seen may still be told of, by an event that comes late; of too many
 * commits no other time tells more.
 */
function unknownHands(world: GroundingWorld): readonly Finding[] {
  const doubt = doubtAboutHands(world);
  if (doubt === null || doubt.kind === 'unasked') return [];
  const input = { subject: subjectOf(world, 'hands'), expected: 'everybody who brought it', found: doubt.why };
  const step = doubt.kind === 'unread' ? null : stepForHands(doubt.kind);
  const inStead = step === null ? '' : ` ${step} With evidence in it the change is judged as that of an agent, whoever brought it.`;
  if (doubt.kind === 'unlisted') return [finding({ ...input, code: 'hallucination/not_checkable', restsOn: [], message: `It can not be told whether an agent has a hand in this change, now or later: ${doubt.why}. It is held: a person may release it once everybody is known.`, next: inStead.trim() })];
  return [finding({ ...input, code: 'hallucination/unverifiable', message: `It could not be told whether an agent has a hand in this change: ${doubt.why}. Nothing in your change caused this.`, next: `Wait for the next attempt; if it stays, ${step === null ? 'tell whoever runs Plumbline.' : `do this: ${inStead.trim()}`}` })];
}

function missingEvidence(world: GroundingWorld): readonly Finding[] {
  const { hands, sent, settings } = world;
  const [agent] = hands.kind === 'known' ? hands.hands.agents : [];
  if (agent === undefined || sent.documents.length > 0) return [];
  const [glob = '.plumbline/evidence/*.json'] = settings.evidence;
  return [
    finding({
      code: 'hallucination/evidence_missing',
      subject: subjectOf(world, 'evidence'),
      restsOn: [],
      message: `${quoted(agent)} has a hand in this change, which brings no evidence. It is held: a person may release it.`,
      expected: `a file that ${quoted(glob)} matches, or a block \`plumbline-evidence\` in the body`,
      found: 'neither',
      next: 'Run `plumbline evidence init`, fill in what it wrote, and commit it.',
    }),
  ];
}

/** Nothing passes that nobody looked through. */
function unscanned({ change }: GroundingWorld, document: SentDocument, inBodyOf: { readonly subject: string }): readonly Finding[] {
  const { carrier } = document;
  if (isScanned(carrier, change.evidence)) return [];
  return [finding({ code: 'hallucination/unverifiable', ...(carrier.path === null ? inBodyOf : { path: carrier.path }), message: 'Nobody looked for secrets in the evidence. Nothing in your change caused this.', expected: 'an answer', found: 'none', next: 'Wait for the next attempt; if it stays, tell whoever runs Plumbline.' })];
}

function documentFindings(document: SentDocument, inBodyOf: { readonly subject: string }): readonly Finding[] {
  const { path } = document.carrier;
  const where: { readonly subject?: string; readonly path?: string } = path === null ? inBodyOf : { path };
  const name = path === null ? 'The evidence in the body of the pull request' : `The evidence ${quoted(path)}`;
  const placed = (line: number, column: number): { readonly line?: number; readonly column?: number } => (path === null ? {} : { line, column });
  const inBody = (line: number): string => (path === null ? ` (line ${line} of the body)` : '');
  switch (document.kind) {
    case 'bound':
      return document.ignored.map(({ line, column }) => finding({ code: 'hallucination/verdict_ignored', ...where, subject: `${where.subject ?? ''} ${line}:${column}`, ...placed(line, column), message: `${name} says what came of checking it${inBody(line)}. That counts nothing: Plumbline checks by itself.`, found: 'a verdict', expected: 'claims and what they cite', next: 'Leave it out.' }));
    case 'unbound':
      return [finding({ code: 'hallucination/evidence_unbound', ...where, ...placed(document.place.line, document.place.column), message: `${name} does not count: ${document.why}${inBody(document.place.line)}. It is held: a person may release it.`, expected: document.expected, found: document.found, next: 'Look at it again, and bind it anew: `plumbline evidence init` says the digest of the change as it is now.', restsOn: [] })];
    case 'invalid':
      return document.objections.map(({ line, column, message, expected, found, next }) => finding({ code: 'hallucination/evidence_invalid', ...where, subject: `${where.subject ?? ''} ${message}`, ...placed(line, column), message: `${name} can not be used${inBody(line)}. ${message}`, expected, found, next }));
    case 'unavailable':
      return [finding({ code: 'hallucination/unverifiable', ...where, message: `${name} could not be read: ${document.why}. Nothing in your change caused this.`, found: document.why, next: 'Wait for the next attempt; if it stays, tell whoever runs Plumbline.' })];
  }
}
