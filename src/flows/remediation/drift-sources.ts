import type { DriftRecord } from '../../domain/drift/drift-record.ts';
import { observedOf } from '../../domain/drift/scanned-behavior.ts';
import type { KeptDrift } from '../../domain/drift/scanned-behavior.ts';
import type { Configuration } from '../../domain/configuration/configuration.ts';
import { member } from '../../domain/configuration/member.ts';
import { compileGlob } from '../../domain/glob/glob.ts';
import { choosePlaybook } from '../../domain/playbook/choose-playbook.ts';
import type { PlaybookChoice } from '../../domain/playbook/choose-playbook.ts';
import { collectPlaybooks } from '../../domain/playbook/collect-playbooks.ts';
import type { PlaybookFile } from '../../domain/playbook/collect-playbooks.ts';
import type { Planning } from '../../domain/playbook/plan.ts';
import { planOf } from '../../domain/playbook/plan-of.ts';
import { mayMergeByItself } from '../../domain/playbook/playbook.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { MeasuredDrift } from '../../domain/playbook/measured-drift.ts';
import { planRollback } from '../../domain/playbook/plan-rollback.ts';
import type { RollbackPlanning } from '../../domain/playbook/rollback-planning.ts';
import { refusalInWords } from '../../domain/playbook/refusal-in-words.ts';
import { factsAbout } from '../../domain/playbook/playbook-facts.ts';
import type { CommitFact, PlaybookFacts } from '../../domain/playbook/playbook-facts.ts';
import type { BehaviorDrift, PlanNow, SeenDrift } from '../../domain/remediation/behavior-drift.ts';
import { baseRefOf } from '../../domain/remediation/fingerprint.ts';
import type { Hold } from '../../domain/remediation/remediation-state.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { blastRadiusOf, reachOfPlaybook } from '../../domain/scan/blast-radius.ts';
import { isPaused } from '../../domain/scan/pause-window.ts';
import { scanSettingsOf } from '../../domain/scan/scan-settings.ts';
import type { ScanSettings } from '../../domain/scan/scan-settings.ts';
import type { ScanPlan } from '../../domain/scan/scan.ts';
import { isPlainFile } from '../../domain/tree.ts';
import type { Sha } from '../../domain/tree.ts';
import type { FlowPorts } from '../flow-ports.ts';
import { withOrganizationMemo } from '../organization-memo.ts';
import { planWithFacts } from '../plan/plan-with-facts.ts';
import { changesBetween } from '../plan/file-fact.ts';
import { readFact } from '../plan/server-facts.ts';
import type { PlannedBase } from '../plan/server-facts.ts';
import { captureScanned } from '../scan/capture-scanned.ts';
import { recordedReleases } from '../recorded-releases.ts';
import type { BroughtCommits } from './brought-commits.ts';
import { isBehaviorGone } from './is-behavior-gone.ts';
import type { RemediationSources } from './remediation-ports.ts';

/** What scans found, and what playbooks make of it, for remediations. */
export interface DriftSources extends RemediationSources {
  /** The plan of a drift at a commit, or why there is none; null: nothing drifts there. */
  planningOf(repository: RepositoryRef, behavior: string, base: Sha): Promise<DriftPlanning | null>;
}

export interface DriftPlanning {
  readonly choice: PlaybookChoice;
  readonly planning: Exclude<Planning, { readonly kind: 'unread' }>;
}

/** Long enough for one remediation, which asks for it at each look, and short enough for a pause that somebody calls now. */
const organizationMemoMs = 60_000;

export function createDriftSources(given: FlowPorts): DriftSources {
  const ports = withOrganizationMemo(given, organizationMemoMs);
  const planningOf: DriftSources['planningOf'] = async (repository, behavior, base) => {
    const known = await knownDrift(ports, repository, behavior);
    return known === null || known.drift.scanned.drift === null ? null : planAt(ports, repository, known, base);
  };
  return {
    planningOf,
    driftNow: (repository, behavior) => driftNow(ports, repository, behavior),
    async planFor(repository, behavior, base): Promise<PlanNow> {
      const planned = await planningOf(repository, behavior, base);
      if (planned === null) return { plan: null, refused: null };
      const { choice, planning } = planned;
      const { id, title, description, docs, tier } = choice.playbook;
      if (planning.kind === 'refused') return { plan: null, refused: refusalInWords(id, planning.refusal) };
      return { plan: { ...planning.plan, about: { title, description, docs, tier, instead: choice.kind === 'told' ? choice.why : null } }, refused: null };
    },
    rollbackFor: (repository, behavior, wanted) => rollbackAt(ports, repository, behavior, wanted),
  };
}

interface KnownDrift {
  readonly drift: KeptDrift;
  readonly place: ScanPlan;
}

async function knownDrift(ports: FlowPorts, repository: RepositoryRef, behavior: string): Promise<KnownDrift | null> {
  const { drift, place } = await keptOf(ports, repository, behavior);
  return place === null || drift === null ? null : { drift, place };
}

function keptOf({ store }: FlowPorts, repository: RepositoryRef, behavior: string): Promise<{ readonly drift: KeptDrift | null; readonly place: ScanPlan | null }> {
  return store.transaction(async (transaction) => ({
    place: await transaction.scanPlan(repository.id),
    drift: (await transaction.driftsOf(repository.id)).find(({ record }) => record.behavior === behavior) ?? null,
  }));
}

async function driftNow(ports: FlowPorts, repository: RepositoryRef, behavior: string): Promise<BehaviorDrift | null> {
  const { drift, place } = await keptOf(ports, repository, behavior);
  if (place === null) return null;
  if (drift === null) return unmeasuredDrift(behavior, place, await isBehaviorGone(ports, repository, { branch: place.branch, behavior }));
  // What may be done about it the tip says: a pause, or a no to remediations, may have come since it was measured.
  const tip = await ports.github.repository(repository).branchTip(place.branch);
  const world = await worldAt(ports, repository, place, tip ?? drift.record.commit);
  if (world === null) return null;
  const { choice, settings } = world.chosenFor(drift);
  const { playbook } = choice;
  const seen = seenOf(drift, playbook, place);
  return { target: behavior, baseBranch: place.branch, seen, mode: modeOf(drift, settings, playbook), heldBy: await holdsOf(ports, { repository, settings, playbook }), verificationWindow: playbook.verification.window };
}

/** Nothing is known of it: its branch has none of the name, or was not measured yet. */
function unmeasuredDrift(behavior: string, { branch }: ScanPlan, isGone: boolean): BehaviorDrift {
  return { target: behavior, baseBranch: branch, seen: { kind: isGone ? 'gone' : 'inconclusive' }, mode: 'report', heldBy: [], verificationWindow: 0 };
}

/** What the last measurement said: confirmed, or not yet. What only observes decides nothing: neither that something is opened, nor that it is closed. */
function seenOf({ record, scanned }: KeptDrift, playbook: Playbook, { branch }: ScanPlan): SeenDrift {
  if (!scanned.decides) return { kind: 'inconclusive' };
  const confirmations = confirmationsOf(record);
  if (record.last === 'pass') return { kind: 'pass', confirmations };
  if (record.last !== 'drift') return { kind: record.last === 'error' ? 'error' : 'inconclusive' };
  const identity = { repositoryId: record.repositoryId, baseRef: baseRefOf(branch), detector: { id: scanned.source, version: detectorVersion }, target: record.behavior, expected: scanned.agreed, observed: observedOf(scanned), playbook: { id: playbook.id, version: playbook.version } };
  return { kind: 'drift', confirmations, identity, told: { record, scanned } };
}

/** Of how sources are measured: with another one the same drift is another. */
const detectorVersion = '1';

/** As the table counts them: nothing of what was told has yet to be confirmed, or something has. */
function confirmationsOf({ first, standing, last }: DriftRecord): number {
  return first === null && standing === last ? 2 : 1;
}

/** What is critical, and what can not be undone, is never merged without a person's yes. */
function modeOf({ scanned }: KeptDrift, { remediation }: ScanSettings, playbook: Playbook): BehaviorDrift['mode'] {
  if (remediation !== 'auto') return remediation;
  return mayMergeByItself(playbook) && !scanned.metrics.some(({ critical }) => critical) ? 'auto' : 'propose';
}

async function holdsOf({ store, clock }: FlowPorts, { repository, settings, playbook }: { readonly repository: RepositoryRef; readonly settings: ScanSettings; readonly playbook: Playbook }): Promise<readonly Hold[]> {
  const reach = await store.transaction((transaction) => transaction.driftReach(repository.account.id));
  const isBeyond = blastRadiusOf(reach).isBeyond || reachOfPlaybook(reach, playbook.id).size > playbook.bounds.maxRepositories;
  const isPausing = isPaused([...settings.pauseWindows, ...playbook.bounds.pauseWindows], clock.now());
  return [...(isPausing ? ['pause' as const] : []), ...(isBeyond ? ['blast_radius' as const] : [])];
}

interface DriftWorld {
  readonly configuration: Configuration;
  readonly entry: string;
  readonly playbooks: readonly Playbook[];
  chosenFor(drift: KeptDrift): { readonly choice: PlaybookChoice; readonly settings: ScanSettings };
}

/** The configuration and the playbooks of a commit; null where it is not governed any more. */
async function worldAt(ports: FlowPorts, repository: RepositoryRef, { branch }: ScanPlan, commit: Sha): Promise<DriftWorld | null> {
  const { state, entry } = await captureScanned(ports, repository, { branch, commit });
  if (state.effective === null || entry === null) return null;
  const globs = member.texts(state.effective.document, 'playbooks').map((glob) => compileGlob(glob));
  const own = globs.length === 0 ? [] : await filesAt(ports, repository, commit, (path) => globs.some((glob) => glob.matches(path)));
  const playbooks = collectPlaybooks([...(await ports.builtinPlaybooks()), ...own]).playbooks.map(({ playbook }) => playbook);
  const settings = scanSettingsOf(state.effective.document);
  return {
    configuration: state.effective,
    entry: entry.entry,
    playbooks,
    chosenFor: ({ scanned }) => ({ settings, choice: choosePlaybook(playbooks, { named: scanned.playbook, code: scanned.drift?.code ?? null, observed: observedOf(scanned) }) }),
  };
}

async function filesAt(ports: FlowPorts, repository: RepositoryRef, commit: Sha, isWanted: (path: string) => boolean): Promise<readonly PlaybookFile[]> {
  const github = ports.github.repository(repository);
  const files = (await github.tree(commit)).entries.filter((entry) => isPlainFile(entry) && isWanted(entry.path));
  const contents = await github.blobs(files);
  return files.flatMap(({ path, blob }) => {
    const content = contents.get(blob);
    return content?.kind === 'bytes' ? [{ path, bytes: content.bytes, isBuiltin: false }] : [];
  });
}

async function planAt(ports: FlowPorts, repository: RepositoryRef, { drift, place }: KnownDrift, base: Sha): Promise<DriftPlanning | null> {
  const world = await worldAt(ports, repository, place, base);
  const measured = drift.scanned.drift;
  if (world === null || measured === null) return null;
  const { choice } = world.chosenFor(drift);
  const planned = plannedBase(ports, repository, { world, branch: place.branch, commit: base });
  return { choice, planning: await planWithFacts(factsAbout(measured, ports.clock.now().toISOString(), false), (facts) => planOf(choice.playbook, facts), (wanted) => readFact(planned, wanted)) };
}

/** By the playbook that the behaviour names now, at the base: what was measured since does not matter. */
async function rollbackAt(ports: FlowPorts, repository: RepositoryRef, behavior: string, { base, brought }: { readonly base: Sha; readonly brought: BroughtCommits }): Promise<RollbackPlanning> {
  const known = await knownDrift(ports, repository, behavior);
  const world = known === null ? null : await worldAt(ports, repository, known.place, base);
  const playbook = world?.playbooks.find(({ id }) => id === known?.drift.scanned.playbook);
  if (known === null || world === null || playbook === undefined) return { kind: 'no_playbook' };
  const planned = plannedBase(ports, repository, { world, branch: known.place.branch, commit: base });
  const drift: MeasuredDrift = { code: null, observed: 'metric/shifted', target: behavior, owner: known.drift.scanned.owner, differences: [] };
  let changed: readonly string[] = [];
  const planning = await planWithFacts(factsAbout(drift, ports.clock.now().toISOString(), false), (facts) => {
    changed = changedBy(facts, brought.last);
    return planRollback(playbook, facts, brought.last);
  }, async (wanted) => (wanted.kind === 'commit' && wanted.commit === brought.last ? { commits: new Map([[brought.last, await broughtFact(planned, brought)]]) } : readFact(planned, wanted)));
  if (planning.kind === 'refused') return planning;
  const { plan } = planning;
  return { kind: 'plan', playbook: plan.playbook, digest: plan.digest, files: plan.files, unsigned: plan.unsigned, brought: changed };
}

/** All that came with a merged pull request, while the base still has it. */
async function broughtFact({ objects, commit }: PlannedBase, { since, last }: BroughtCommits): Promise<CommitFact> {
  return (await objects.isAncestor(last, commit)) ? changesBetween(objects, since, last) : { kind: 'unknown' };
}

function changedBy({ commits }: PlaybookFacts, commit: Sha): readonly string[] {
  const fact = commits.get(commit);
  return fact?.kind === 'changes' ? fact.files.map(({ path }) => path) : [];
}

function plannedBase(ports: FlowPorts, repository: RepositoryRef, { world, branch, commit }: { readonly world: DriftWorld; readonly branch: string; readonly commit: Sha }): PlannedBase {
  const releases = recordedReleases(ports.store, repository, { branch, awaited: null });
  return { objects: ports.github.repository(repository), commit, configuration: world.configuration, entry: world.entry, releases, organization: () => organizationTip(ports, repository) };
}

async function organizationTip({ github }: FlowPorts, repository: RepositoryRef) {
  const where = repository.account.kind === 'user' ? repository : await github.organizationRepository(repository);
  if (where === null) return null;
  const objects = github.repository(where);
  const commit = await objects.branchTip(await objects.defaultBranch());
  return commit === null ? null : { objects, commit };
}
