import { finding } from '../../../domain/finding.ts';
import type { Finding } from '../../../domain/finding.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { GovernanceWorld } from '../governance-world.ts';
import { levelWords } from './level-words.ts';
import type { AskedLevel, AskedPolicies } from './policy-requests.ts';
import { stateOfTree } from './policy-state.ts';

/** A change that does nothing but mend policies which give no answer at B. */
export interface PolicyRepair {
  readonly levels: ReadonlySet<AskedLevel>;
  /** Everything that changes. */
  readonly paths: ReadonlySet<string>;
  /** Names of the actions that it consists of: no built-in rule judges them, since people look at it instead. What other levels say of them counts. */
  readonly actions: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

/** Null unless the change is confined to such policies, and they answer in R what they were asked at B. */
export function policyRepair(asked: AskedPolicies, world: GovernanceWorld): PolicyRepair | null {
  if (asked.kind === 'objected') return null;
  const mended = asked.levels.filter((level) => isMended(level, world));
  const paths = new Set(mended.flatMap(({ touched }) => touched));
  if (mended.length === 0 || !changedFiles(world.snapshot).every(({ path }) => paths.has(path))) return null;
  const actions = world.derived.actions.filter((action) => action.action === 'policy.change' && action.paths.every((path) => paths.has(path)));
  return { levels: new Set(mended), paths, actions: new Set(actions.map(({ name }) => name)), findings: mended.map((level) => repairFinding(level)) };
}

function isMended({ base, result, isHere }: AskedLevel, { evidence }: GovernanceWorld): boolean {
  if (!isHere || base === null || result === null) return false;
  return stateOfTree(base, evidence).kind === 'broken' && stateOfTree(result, evidence).kind === 'report';
}

/** The world in which nobody is asked for what the repair does to these policies, but for the repair. */
export function withoutRepaired(world: GovernanceWorld, { actions: repaired, findings }: PolicyRepair): GovernanceWorld {
  const actions = world.derived.actions.filter(({ name }) => !repaired.has(name));
  return { ...world, derived: { ...world.derived, actions }, held: [...world.held, ...findings] };
}

/** About no path, so that a yes is to all that changes: what answers is the tree as a whole. */
function repairFinding(level: AskedLevel): Finding {
  const { whose, touched } = level;
  const { give, answer } = levelWords(level);
  const [first = '', ...others] = touched;
  return finding({
    code: 'config/repair',
    subject: whose,
    message: `This change only mends ${whose}, which ${give} no answer in the base: it touches \`${first}\`${others.length === 0 ? '' : ` and ${others.length} more`}. It is held: a person may release it.`,
    expected: 'approvals of tier 3, or one of an admin',
    found: `${level.kind === 'rego' ? 'policies' : 'a bundle'} that ${answer} again`,
    next: 'Ask an admin of the repository, or the approvers of tier 3, to look at it.',
  });
}
