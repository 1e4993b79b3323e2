import { finding } from '../../../domain/finding.ts';
import type { Finding } from '../../../domain/finding.ts';
import type { GovernanceWorld } from '../governance-world.ts';
import { levelWords } from './level-words.ts';
import type { AskedLevel, AskedPolicies } from './policy-requests.ts';
import { stateOfTree } from './policy-state.ts';
import type { PolicyState } from './policy-state.ts';

/** What the change leaves of the policies and gives no answer: merged, it would leave every later change without one. */
export function resultFindings(asked: AskedPolicies, { evidence }: GovernanceWorld): readonly Finding[] {
  if (asked.kind === 'objected') return [];
  return asked.levels.flatMap((level) => {
    const state = level.result === null ? null : stateOfTree(level.result, evidence);
    if (state === null || state.kind === 'report') return [];
    return [state.kind === 'broken' ? brokenFinding(level, state) : unknownFinding(level, 'policy/no_answer', state.why)];
  });
}

/** A limit of time may say more of the machine than of the policies. */
function brokenFinding(level: AskedLevel, { how, why }: Extract<PolicyState, { readonly kind: 'broken' }>): Finding {
  if (how === 'timed-out') return unknownFinding(level, 'policy/timed_out', why);
  const { whose, kind } = level;
  const { give, areBroken, usable } = levelWords(level);
  const isSilent = how === 'silent';
  const said = why.replace(/\.$/, '');
  return finding({
    code: 'policy/invalid',
    ...placeIn(why, level),
    subject: whose,
    message: isSilent ? `With this change ${whose} ${give} no answer about the change itself: ${said}.` : `With this change ${whose} ${areBroken}: ${said}.`,
    expected: isSilent ? 'one answer of each rule for each action' : usable,
    found: why,
    next: kind === 'rego' ? 'Mend it: `plumbline policy try` and `plumbline policy test` say the same of the folder.' : 'Mend it: `plumbline policy try` says the same of the file and its keys.',
  });
}

function unknownFinding(level: AskedLevel, code: 'policy/no_answer' | 'policy/timed_out', why: string): Finding {
  const { whose } = level;
  return finding({
    code,
    subject: `${whose} in the result`,
    message: `Cannot tell whether ${whose} ${levelWords(level).answer} with this change: ${why.replace(/\.$/, '')}.`,
    expected: 'one answer of each rule for each action',
    found: why,
    next: code === 'policy/timed_out' ? 'Wait for the next attempt; if it comes back, make the rules cheaper.' : 'Wait for the next attempt; if it stays, tell whoever runs Plumbline.',
  });
}

/** The changed file that is spoken of, with the line if it has one; else the first that changes. */
function placeIn(why: string, { touched, namedBy }: AskedLevel): { readonly path: string; readonly line?: number; readonly column?: number } {
  for (const path of touched) {
    const line = lineIn(why, path);
    if (line !== null) return line === 0 ? { path } : { path, line, column: 1 };
  }
  return { path: touched[0] ?? namedBy };
}

/** Null where the path is not named, 0 where it is without a line. */
function lineIn(why: string, path: string): number | null {
  for (let at = why.indexOf(path); at >= 0; at = why.indexOf(path, at + 1)) {
    if (isNamePart(why[at - 1])) continue;
    const rest = why.slice(at + path.length, at + path.length + 10);
    if (!isNamePart(rest[0])) return Number(/^:(\d{1,6})\b/.exec(rest)?.[1] ?? 0);
  }
  return null;
}

function isNamePart(character: string | undefined): boolean {
  return character !== undefined && /[\w./-]/.test(character);
}
