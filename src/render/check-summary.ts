import type { Decision } from '../domain/decision.ts';
import { clip } from './clip.ts';
import { markdownProse, markdownUrl } from './escape.ts';
import { findingSections } from './finding-sections.ts';
import { byteLength, textLimit } from './fit-items.ts';
import { headlineOf } from './headline.ts';
import { instant } from './instant.ts';
import { outlook } from './outlook.ts';
import { rankedFindings } from './ranked-findings.ts';
import type { RenderContext } from './render-context.ts';
import { subjectName } from './subject-name.ts';

/** The summary of the roll-up: the decision in a sentence, what it rests on, and every finding that fits, blocking ones first. */
export function checkSummary(decision: Decision, context: RenderContext): string {
  const opening = joined([headlineOf(decision, context.wait).sentence, blockedBy(decision, context), standing(context)]);
  const closing = joined([validity(decision), details(context)]);
  const room = textLimit - byteLength(opening) - byteLength(closing) - 8;
  return joined([opening, findingSections(rankedFindings(decision), context, room), closing]);
}

function blockedBy(decision: Decision, context: RenderContext): string {
  if (decision.decision !== 'deny') return '';
  const silent = decision.gates.filter((gate) => decision.verdicts.every((verdict) => verdict.gate !== gate));
  const silence = silent.length === 0 ? '' : `No verdict came from: ${silent.join(', ')}. `;
  return silence + outlook(decision, context);
}

function standing(context: RenderContext): string {
  const other =
    context.decidedBy === context.subject
      ? ''
      : `A check belongs to a commit, so the strictest decision stands: this one was made for ${subjectName(context.decidedBy)}, which has the same head as ${subjectName(context.subject)}. Closing it has this judged again.`;
  const leftOut = context.leftOut.slice(0, 20).map(({ subject, why }) => `Left out: ${subjectName(clip(subject, 200))}${why === undefined ? '' : `, ${markdownProse(clip(why, 300))}`}.`);
  return [other, ...leftOut].filter((part) => part !== '').join('\n');
}

function validity(decision: Decision): string {
  return decision.validUntil === null ? '' : `Valid until ${instant(new Date(decision.validUntil))}: something that it rests on begins or ends then, and it is judged again.`;
}

function details(context: RenderContext): string {
  const url = context.detailsUrl === undefined ? null : markdownUrl(context.detailsUrl);
  return url === null ? '' : `[The full decision](${url})`;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}
