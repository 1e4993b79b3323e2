import type { Finding } from '../domain/finding.ts';
import type { FindingCode } from '../domain/finding-code.ts';
import { clip } from './clip.ts';
import { markdownCode, markdownProse, markdownUrl } from './escape.ts';
import { findingPage } from './finding-page.ts';
import { placeOf } from './place.ts';
import type { RenderContext } from './render-context.ts';
import { unsaid } from './unsaid.ts';
import { waiverWords } from './waiver-words.ts';

/** One Markdown list item: code, place, message, what was found and expected, one next step. At most some kilobytes. */
export function findingLine(finding: Finding, context: Pick<RenderContext, 'docsUrl'>): string {
  const place = placeOf(finding);
  const parts = [
    `- **${linkedCode(finding.code, context.docsUrl)}**`,
    place === null ? 'the change as a whole:' : `${markdownCode(place)}:`,
    markdownProse(clip(finding.message, 600)),
    comparison(finding),
    waived(finding),
    `**Next:** ${markdownProse(clip(finding.next, 400))}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function linkedCode(code: FindingCode, docsUrl: string | undefined): string {
  const url = docsUrl === undefined ? null : markdownUrl(`${docsUrl}${findingPage(code)}`);
  return url === null ? markdownCode(code) : `[${markdownCode(code)}](${url})`;
}

function waived(finding: Finding): string {
  const words = waiverWords(finding);
  return words === null ? '' : `W${markdownProse(words.slice(1))}.`;
}

function comparison(finding: Finding): string {
  const { found, expected } = unsaid(finding);
  const both = [
    ...(found === null ? [] : [`found ${markdownCode(clip(found, 160))}`]),
    ...(expected === null ? [] : [`expected ${markdownCode(clip(expected, 160))}`]),
  ].join(', ');
  return both === '' ? '' : `(${both})`;
}
