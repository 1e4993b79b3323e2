import type { RecordedCitation, RecordedClaim, VerificationRecord } from '../domain/agent-evidence/verification-record.ts';
import { clip } from './clip.ts';
import { count } from './count.ts';
import { markdownText, markdownUrl, pathUri } from './escape.ts';
import { fitItems } from './fit-items.ts';
import { nextForClaim } from './next-for-claim.ts';
import type { RenderContext } from './render-context.ts';

const mostBytes = 24_000;
const mostCitations = 5;

/** Each claim of an agent with its verdict, where what it cites stands, and what to do next. Empty where none was checked. */
export function claimSection(verification: VerificationRecord | undefined, context: Pick<RenderContext, 'repositoryUrl'>): string {
  if (verification === undefined) return '';
  const { claims } = verification;
  const opening = `### What the agent claims (${count(claims.length, 'claim')})\n${summaryOf(verification)}`;
  if (claims.length === 0) return opening;
  const rows = fitItems(claims, (claim) => row(claim, context), { bytes: mostBytes, more: (left) => `\n… and ${count(left, 'more claim')}.` });
  return `${opening}\n\n| claim | verdict | cited | next |\n|---|---|---|---|\n${rows}`;
}

function summaryOf({ verified_by_rag: isVerified, confidence, coverage }: VerificationRecord): string {
  const verified = isVerified ? 'Plumbline verified them in the repository.' : 'Plumbline did not verify all that it would take.';
  return `${verified} Claims are about ${coverage.changed_files_covered} of ${count(coverage.changed_files, 'changed file')}. The agent says ${confidence.self_reported.toFixed(2)}, which counts as ${confidence.calibrated.toFixed(2)} by ${count(confidence.n_labels, 'known outcome')}.`;
}

function row(claim: RecordedClaim, context: Pick<RenderContext, 'repositoryUrl'>): string {
  const { id, text, critical, verdict, citations, checks } = claim;
  const byJudge = checks.some(({ code, status }) => code === 'JUDGE' && status === 'failed') ? ', by an outside judge' : '';
  const shown = citations.slice(0, mostCitations).map((one) => citationText(one, context));
  const more = citations.length > mostCitations ? [`… and ${citations.length - mostCitations} more`] : [];
  const cited = [...shown, ...more].join('<br>');
  return `| ${markdownText(clip(id, 64))}: ${markdownText(clip(text, 160))} | **${verdict}**${byJudge}${critical ? ', critical' : ''} | ${cited === '' ? 'nothing' : cited} | ${nextForClaim(claim)} |`;
}

/** A link to the exact lines at the commit where they stand: it shows the same for ever. `plain`: else GitHub shows Markdown without its lines. */
function citationText({ verdict, role, path, found, run }: RecordedCitation, { repositoryUrl }: Pick<RenderContext, 'repositoryUrl'>): string {
  const against = role === 'contradicts' ? ', against it' : role === 'context' ? ', as context' : '';
  if (run !== undefined) return `${runText(run, repositoryUrl)}: ${verdict}${against}`;
  if (found === null) return `${path === null ? 'nothing of the repository' : markdownText(clip(path, 120))}: ${verdict}${against}`;
  const lines = found.startLine === found.endLine ? `${found.startLine}` : `${found.startLine}–${found.endLine}`;
  const shown = `${markdownText(clip(found.path, 120))}:${lines} at ${found.commit.slice(0, 7)}`;
  const url = repositoryUrl === undefined ? null : markdownUrl(`${repositoryUrl}/blob/${found.commit}/${pathUri(found.path)}?plain=1#L${found.startLine}-L${found.endLine}`);
  return `${url === null ? shown : `[${shown}](${url})`}: ${verdict}${against}`;
}

function runText({ id, name, conclusion }: NonNullable<RecordedCitation['run']>, repositoryUrl: string | undefined): string {
  const shown = `check run ${markdownText(clip(name, 120))}, ${markdownText(clip(conclusion ?? 'not ended', 40))}`;
  const url = repositoryUrl === undefined ? null : markdownUrl(`${repositoryUrl}/runs/${id}`);
  return url === null ? shown : `[${shown}](${url})`;
}
