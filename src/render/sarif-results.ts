import type { Decision } from '../domain/decision.ts';
import type { Finding } from '../domain/finding.ts';
import type { FindingCode } from '../domain/finding-code.ts';
import type { JsonObject } from '../domain/json-value.ts';
import { clip } from './clip.ts';
import { pathUri, sarifText } from './escape.ts';
import { rankedFindings } from './ranked-findings.ts';
import { sarifLevels } from './sarif-levels.ts';
import { waiverWords } from './waiver-words.ts';

/** Where a finding about the change as a whole is put: code scanning refuses a result without a place. */
const wholeChange = '.github/plumbline.yml';

/** The findings of a decision as SARIF results; `codes` is the order of the run's rules. */
export function sarifResults(decision: Decision, codes: readonly FindingCode[]): readonly JsonObject[] {
  const seen = new Map<string, number>();
  return rankedFindings(decision).map(({ finding }) => {
    const occurrence = (seen.get(finding.fingerprint) ?? 0) + 1;
    seen.set(finding.fingerprint, occurrence);
    return result(finding, codes.indexOf(finding.code), occurrence);
  });
}

function result(finding: Finding, ruleIndex: number, occurrence: number): JsonObject {
  return {
    ruleId: finding.code,
    ruleIndex,
    level: sarifLevels[finding.severity],
    message: { text: sarifText(messageOf(finding)) },
    locations: [{ physicalLocation: { artifactLocation: { uri: pathUri(finding.path ?? wholeChange), uriBaseId: '%SRCROOT%' }, ...region(finding) } }],
    // Consumers follow a result over commits by this, and tell equal ones apart by the number behind the colon.
    partialFingerprints: { primaryLocationLineHash: `${finding.fingerprint}:${occurrence}` },
    ...(finding.waived ? { suppressions: [suppression(finding)] } : {}),
    properties: { declared: finding.declared, waived: finding.waived },
  };
}

function suppression(finding: Finding): JsonObject {
  const words = finding.waiver === undefined ? null : waiverWords(finding);
  return { kind: 'external', status: 'accepted', ...(words === null ? {} : { justification: sarifText(words) }) };
}

function messageOf(finding: Finding): string {
  const about = finding.path === null ? 'About the change as a whole: ' : '';
  return `${about}${clip(finding.message, 2_000)} Next: ${clip(finding.next, 1_000)}`;
}

/** A region without a start line is not allowed: then there is none. */
function region({ path, line, column }: Finding): JsonObject {
  if (path === null || line === null || line < 1) return {};
  return { region: column === null || column < 1 ? { startLine: line } : { startLine: line, startColumn: column } };
}
