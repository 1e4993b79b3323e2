import { configurationOf } from '../../../src/domain/configuration/configuration-of.ts';
import { rolesOf } from '../../../src/domain/configuration/governed-roles.ts';
import { Evidence } from '../../../src/domain/evidence.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import { nameOfAction } from '../../../src/domain/action/action.ts';
import type { Action } from '../../../src/domain/action/action.ts';
import type { ChangeToDerive, Derived, Deriver } from '../../../src/gates/governance/deriver.ts';
import { aFile } from '../../builders/a-file.ts';
import type { FileInput } from '../../builders/a-file.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import type { SnapshotInput } from '../../builders/a-snapshot.ts';
import { answersTo } from '../../builders/evidence-of.ts';
import type { World } from '../../builders/evidence-of.ts';

export interface Deriving {
  readonly files: readonly FileInput[];
  /** In force at the base. */
  readonly document?: JsonObject;
  /** Of the organisation's repository, whose document this is. */
  readonly isRoot?: boolean;
  /** Of which it is merged; left out: the document is all of it. */
  readonly levels?: Parameters<typeof configurationOf>[2];
  readonly snapshot?: SnapshotInput;
  readonly verdicts?: readonly Verdict[];
  readonly world?: World;
}

/** A change whose files have the roles that its configuration gives them, with every answer that a deriver asks for. */
export function aChangeToDerive(deriving: Deriving, plan: (change: ChangeToDerive) => ReturnType<Deriver['plan']> = () => []): ChangeToDerive {
  const document = { version: 1, ...deriving.document };
  const configuration = configurationOf(document, 'main', deriving.levels ?? (deriving.isRoot === true ? { organization: document, repository: null, isRoot: true } : undefined));
  const files = deriving.files.map((file) => aFile({ roles: rolesOf(configuration, file.path), ...file }));
  const { configuration: state, ...rest } = deriving.snapshot ?? {};
  const snapshot = aSnapshot({ ...rest, files, configuration: { effective: configuration, ...state } });
  const contents = deriving.files.flatMap(({ base, head }) => [base, head].filter((side) => typeof side === 'string' || side instanceof Uint8Array));
  const before = new Evidence();
  const world = { contents, ...deriving.world };
  const evidence = answersTo((known) => plan({ snapshot, configuration, evidence: known }), world, deriving.verdicts === undefined ? before : before.judgedBy(deriving.verdicts));
  return { snapshot, configuration, evidence };
}

export function deriveWith(deriver: Deriver, deriving: Deriving): Derived {
  return deriver.derive(aChangeToDerive(deriving, (change) => deriver.plan(change)));
}

/** `tier name`, with the code that tells it where it has its own, in the order given. */
export function namesOf(actions: readonly Action[]): readonly string[] {
  return actions.map((action) => `${action.tier} ${nameOfAction(action)}${action.finding === null ? '' : ` ${action.finding}`}`);
}

export function codesOf(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ code, severity }) => `${code} ${severity}`);
}

/** `name tier subject`, in the order given. */
export function actionsOf({ actions }: Derived): readonly string[] {
  return actions.map(({ action, tier, subject }) => `${action} ${tier} ${subject.package ?? subject.path ?? ''}`);
}
