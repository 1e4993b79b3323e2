import type { Decision } from '../domain/decision.ts';
import type { GateName } from '../domain/gate-name.ts';
import type { SkippedRule } from '../domain/verdict.ts';
import { clip } from './clip.ts';
import { count, grouped } from './count.ts';
import { markdownCode, markdownProse } from './escape.ts';
import { fitItems } from './fit-items.ts';
import type { Room } from './fit-items.ts';
import { gateTable } from './gate-table.ts';
import { missingGates } from './missing-gates.ts';

const listBytes = 16_000;

/** What was and was not looked at, for the text of the roll-up: gates, rules left out and why, files nothing covered, the inputs. */
export function coverage(decision: Decision): string {
  const parts = [`### Gates\n${gateTable(decision)}`, missingGates(decision.gates).join('\n'), leftOutRules(decision), uncovered(decision), inputs(decision)];
  return parts.filter((part) => part !== '').join('\n\n');
}

function leftOutRules(decision: Decision): string {
  const skipped = decision.verdicts.flatMap(({ gate, skipped: rules }) => rules.map((one) => ({ gate, ...one })));
  return skipped.length === 0 ? '' : `### Not judged, and why\n${fitItems(skipped, skippedLine, room('more rule'))}`;
}

function uncovered(decision: Decision): string {
  const list = fitItems(decision.uncovered, pathLine, room('more file'));
  return list === '' ? '' : `### Changed files that no gate looked at (${grouped(decision.uncovered.length)})\n${list}`;
}

function skippedLine({ gate, rule, why }: SkippedRule & { readonly gate: GateName }): string {
  return `- ${gate}: ${markdownCode(clip(rule, 160))}: ${markdownProse(clip(why, 300))}`;
}

function pathLine(path: string): string {
  return `- ${markdownCode(clip(path, 200))}`;
}

function room(noun: string): Room {
  return { bytes: listBytes, more: (left) => `\n… and ${count(left, noun)}.` };
}

function inputs(decision: Decision): string {
  const commits = `merge base ${markdownCode(decision.mergeBase)}, base ${markdownCode(decision.base)}, head ${markdownCode(decision.head)}`;
  const digests = `policy ${markdownCode(decision.policyDigest)}, input ${markdownCode(decision.inputDigest)}, engine ${markdownCode(clip(decision.engine, 80))}`;
  return `### Inputs\nJudged by object name: ${commits}.\nDigests: ${digests}.`;
}
