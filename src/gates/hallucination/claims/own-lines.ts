import type { Citation } from '../../../domain/agent-evidence/evidence-document.ts';
import { groundingSettings } from '../../../domain/agent-evidence/grounding-settings.ts';
import { sideRequest } from '../../../domain/document/read-side.ts';
import { compileGlob } from '../../../domain/glob/glob.ts';
import type { RequestOf } from '../../../domain/probe-request.ts';
import type { Sha } from '../../../domain/tree.ts';
import type { GroundedChange } from '../grounded-change.ts';
import { citedText } from './cited-text.ts';
import { findQuote } from './find-quote.ts';
import { foldText } from './fold-text.ts';

/**
 * What the head has at a path that the change touches, where a citation of the base has not been found there; null where there is nothing
 * to ask. An older commit is what it is, whatever the change does.
 */
export function headRequest({ path }: Pick<Citation, 'path'>, commit: Sha, { snapshot }: GroundedChange): RequestOf<'blob'> | null {
  if (commit !== snapshot.mergeBase && commit !== snapshot.base) return null;
  const file = snapshot.files.find((one) => one.path === path && one.changed);
  return file === undefined ? null : sideRequest(file.head);
}

/** Whether a quote that is not in the cited commit is what the change itself writes there; null: that could not be told. */
export function isOwnText(citation: Citation, commit: Sha, change: GroundedChange, room: number): boolean | null {
  const request = headRequest(citation, commit, change);
  if (request === null || citation.quote === null) return false;
  const answer = change.evidence.find(request);
  if (answer?.kind !== 'answered') return null;
  const head = citedText(answer.value);
  if (head.kind !== 'text' || head.folded.text.length > room) return false;
  return findQuote(head.folded, foldText(citation.quote).text, null).kind === 'there';
}

/** Whether an agent wrote a file to be believed: what it claimed once proves nothing today. */
export function isEvidenceItself(path: string, { configuration }: Pick<GroundedChange, 'configuration'>): boolean {
  return (groundingSettings(configuration)?.evidence ?? []).some((glob) => compileGlob(glob).matches(path));
}
