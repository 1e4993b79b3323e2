import type { Decision } from '../domain/decision.ts';
import { clip } from './clip.ts';
import { count } from './count.ts';
import { markdownCode, markdownProse } from './escape.ts';
import { fitItems } from './fit-items.ts';
import { gateTable } from './gate-table.ts';
import { missingGates } from './missing-gates.ts';

const listBytes = 16_000;

/** What was and was not looked at, for the text of the roll-up: gates, rules left out and why, files nothing covered, the inputs. */
export function coverage(decision: Decision): string {
  const parts = [`### Gates\n${gateTable(decision)}`, missingGates(decision.gates).join('\n'), leftOutRules(decision), uncovered(decision), inputs(decision)];
  return parts.filter((part) => part !== '').join('\n\n');
}

function leftOutRules(decision: Decision): string {
  const items = decision.verdicts.flatMap((verdict) =>
    verdict.skipped.map((one) => `- ${verdict.gate}: ${markdownCode(clip(one.rule, 160))}: ${markdownProse(clip(one.why, 300))}`),
  );
  return items.length === 0 ? '' : `### Not judged, and why\n${list(items, 'more rule')}`;
}

function uncovered(decision: Decision): string {
  const items = decision.uncovered.map((path) => `- ${markdownCode(clip(path, 200))}`);
  return items.length === 0 ? '' : `### Changed files that no gate looked at (${items.length})\n${list(items, 'more file')}`;
}

function list(items: readonly string[], noun: string): string {
  return fitItems(items, listBytes, (left) => `\n… and ${count(left, noun)}.`);
}

function inputs(decision: Decision): string {
  const commits = `merge base ${markdownCode(decision.mergeBase)}, base ${markdownCode(decision.base)}, head ${markdownCode(decision.head)}`;
  const digests = `policy ${markdownCode(decision.policyDigest)}, input ${markdownCode(decision.inputDigest)}, engine ${markdownCode(clip(decision.engine, 80))}`;
  return `### Inputs\nJudged by object name: ${commits}.\nDigests: ${digests}.`;
}
