import type { Evidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { verdictOf } from '../../domain/verdict.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { Gate } from '../gate.ts';
import { contractActions } from './actions/contract-actions.ts';
import { schemaActions, untoldSchemas } from './actions/schema-actions.ts';
import { untoldContracts } from './actions/untold-contracts.ts';
import { checkBump } from './check-bump.ts';
import { checkChain } from './check-chain.ts';
import { checkDiverged } from './check-diverged.ts';
import { checkDuplicates } from './check-duplicates.ts';
import { checkElsewhere } from './check-elsewhere.ts';
import { checkHalted } from './check-halted.ts';
import { checkImmutable } from './check-immutable.ts';
import { checkLifecycle } from './check-lifecycle.ts';
import { checkPolicies } from './check-policy.ts';
import { checkReadable } from './check-readable.ts';
import { checkRecord } from './check-record.ts';
import { checkRemoved } from './check-removed.ts';
import { checkSchemas } from './check-schemas.ts';
import { checkSignatures, signatureExpiries } from './check-signatures.ts';
import { checkState } from './check-state.ts';
import { contractFiles } from './contract-file.ts';
import { contractWorld } from './contract-world.ts';
import type { ContractWorld } from './contract-world.ts';
import { coverageOf } from './coverage.ts';
import { findMends } from './find-mends.ts';
import type { JudgedContract } from './judged-contract.ts';
import { planContracts } from './plan-contracts.ts';
import type { Governed } from './plan-contracts.ts';
import { judgeSchemas } from './schema/judge-schemas.ts';
import { planSchemas } from './schema/plan-schemas.ts';
import { schemaFiles } from './schema/schema-file.ts';

/** Contracts in the change are readable, valid, versioned, and immutable once released; governed schemas stay compatible. */
export const contractGate: Gate = {
  name: 'contracts',

  plan(snapshot, evidence) {
    const governed = governedOf(snapshot);
    return governed === null ? [] : [...planContracts(governed, evidence), ...planSchemas(governed, evidence)];
  },

  evaluate(snapshot, evidence) {
    const governed = governedOf(snapshot);
    if (governed === null) return idle('no configuration governs contracts here');
    const { contracts, schemas } = governed.configuration;
    const looked = [...contracts, ...schemas].flatMap((set) => set.paths).join(', ');
    const hasSubject = [...contractFiles(snapshot, governed.configuration), ...schemaFiles(snapshot, governed.configuration)].some((file) => file.changed);
    return hasSubject ? judge(governed, evidence) : idle(`no changed path matches ${looked === '' ? 'a contract set: none is configured' : looked}`);
  },

  expiries(snapshot, evidence) {
    const governed = governedOf(snapshot);
    return governed === null ? [] : signatureExpiries(contractWorld(governed, evidence));
  },
};

const perFile: readonly ((file: JudgedContract, world: ContractWorld) => readonly Finding[])[] = [
  checkImmutable,
  checkElsewhere,
  checkChain,
  checkBump,
  checkLifecycle,
  checkRemoved,
  checkDiverged,
  checkHalted,
  checkState,
];

function judge(governed: Governed, evidence: Evidence): Verdict {
  const world = contractWorld(governed, evidence);
  const schemas = judgeSchemas(governed, evidence);
  const coverage = coverageOf(world);
  const contracts = contractFindings(world);
  const mends = findMends(world, contracts, mendableFindings);
  const untold = [...untoldContracts(world), ...untoldSchemas(governed, evidence, schemas.findings)];
  const actions = [...contractActions(world), ...schemaActions(governed, evidence, schemas.findings)];
  return verdictOf({
    gate: 'contracts',
    applies: true,
    findings: [...checkRecord(world), ...contracts, ...schemas.findings],
    evaluated: [...coverage.evaluated, ...schemas.evaluated],
    skipped: [...coverage.skipped, ...schemas.skipped],
    covered: [...new Set([...world.changed.map((file) => file.path), ...schemas.covered])].toSorted(),
    ...(actions.length === 0 ? {} : { actions }),
    ...(untold.length === 0 ? {} : { untold }),
    ...(mends.length === 0 ? {} : { mends }),
  });
}

/** What can be said about contents anew, without asking anything: here too about the files that a click would mend. */
function mendableFindings(files: readonly JudgedContract[], world: ContractWorld): readonly Finding[] {
  return [...checkDuplicates(world), ...checkPolicies(world), ...files.flatMap((file) => perFile.flatMap((check) => check(file, world)))];
}

/** Contracts that did not change are read only where another one did. */
function contractFindings(world: ContractWorld): readonly Finding[] {
  if (world.changed.length === 0) return [];
  return [
    ...checkReadable(world),
    ...checkSchemas(world),
    ...checkSignatures(world),
    ...mendableFindings(world.changed, world),
  ];
}

function governedOf(snapshot: Snapshot): Governed | null {
  const { entry, configuration } = snapshot;
  return entry === null || configuration.effective === null ? null : { snapshot, entry, configuration: configuration.effective };
}

function idle(why: string): Verdict {
  return verdictOf({ gate: 'contracts', applies: false, findings: [], evaluated: [], skipped: [{ rule: 'contracts', why }], covered: [] });
}
