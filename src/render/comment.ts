import { lacksAnswer } from '../domain/decision.ts';
import type { Decision } from '../domain/decision.ts';
import { commentMarker } from '../domain/effect.ts';
import { findingSections } from './finding-sections.ts';
import { headlineOf } from './headline.ts';
import { instant } from './instant.ts';
import { unanswered } from './outlook.ts';
import { rankedFindings } from './ranked-findings.ts';
import type { RenderContext } from './render-context.ts';

export interface CommentContext extends Pick<RenderContext, 'retryAt' | 'detailsUrl' | 'docsUrl'> {
  /** Whether our comment is already there: then it is brought up to date even when there is nothing left to do. */
  readonly hasComment: boolean;
}

const topic = 'decision';
const findingBytes = 12_000;

/** The pull request's one comment; null when nobody needs to read anything. */
export function renderComment(decision: Decision, context: CommentContext): string | null {
  const findings = rankedFindings(decision);
  if (decision.decision === 'allow' && findings.length === 0 && !context.hasComment) return null;
  const { title, sentence } = headlineOf(decision);
  const parts = [`${commentMarker(topic)}\n**Plumbline: ${title}**`, `${sentence} ${whenAgain(decision, context)}`.trimEnd(), findingSections(findings, context, findingBytes), judged(decision)];
  return parts.filter((part) => part !== '').join('\n\n');
}

function whenAgain(decision: Decision, { retryAt }: CommentContext): string {
  if (decision.decision !== 'deny' || !lacksAnswer(decision)) return '';
  const when = retryAt === null ? 'The automatic retries have ended: push again or re-run the check.' : `Plumbline retries by itself at ${instant(retryAt)}.`;
  return `${unanswered(decision)} ${when}`.trimStart();
}

function judged(decision: Decision): string {
  return `<sub>Judged commit ${decision.head}. This comment is kept up to date.</sub>`;
}
