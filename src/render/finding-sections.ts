import { clip } from './clip.ts';
import { count, grouped } from './count.ts';
import { markdownCode, markdownUrl } from './escape.ts';
import { findingLine } from './finding-line.ts';
import { byteLength, fitItems } from './fit-items.ts';
import { foldFindings } from './fold-findings.ts';
import type { Effectiveness, RankedFinding } from './ranked-findings.ts';
import type { RenderContext } from './render-context.ts';

type Links = Pick<RenderContext, 'docsUrl' | 'detailsUrl'>;

const headings: Readonly<Record<Effectiveness, string>> = {
  deny: 'Blocks this change',
  unknown: 'Could not be decided, and so blocks this change',
  hold: 'Held until a person says yes',
  observed: 'Observed only: would count if it were enforced',
  released: 'Held no longer: released by approvals, or not enforced',
  notice: 'Worth knowing',
};

/** Findings under a heading for each effect, in the given order, within a number of bytes. States how many are left out. */
export function findingSections(findings: readonly RankedFinding[], context: Links, bytes: number): string {
  const { shown, folded } = foldFindings(findings);
  const item = ({ finding, effect }: RankedFinding, index: number): string => {
    const line = findingLine(finding, context);
    return shown[index - 1]?.effect === effect ? line : `${index === 0 ? '' : '\n'}### ${headings[effect]} (${sizeOf(findings, effect)})\n${line}`;
  };
  const more = (left: number): string => `\n… and ${count(left, 'more finding')}, ${grouped(findings.length)} in all. ${whereAll(context)}`;
  const rest = folded.slice(0, mostFolded).map((one) => `\n… and ${count(one.count, 'more finding')} about ${one.path === null ? 'claims' : markdownCode(clip(one.path, 160))}. ${whereAll(context)}`).join('\n');
  return `${fitItems(shown, item, { bytes: bytes - byteLength(rest) - 1, more })}${rest === '' ? '' : `\n${rest}`}`;
}

/** Files of which it is said how much more there is. */
const mostFolded = 20;

function sizeOf(findings: readonly RankedFinding[], effect: Effectiveness): string {
  return grouped(findings.filter((one) => one.effect === effect).length);
}

function whereAll(context: Links): string {
  const url = context.detailsUrl === undefined ? null : markdownUrl(context.detailsUrl);
  return url === null ? 'The `plumbline check` command lists every one.' : `[The full decision](${url}) lists every one.`;
}
