import { approversOf } from '../../domain/approval/approver-groups.ts';
import type { CommandRefusal } from '../../domain/command/command-outcome.ts';
import type { Command, VoteWord } from '../../domain/command/command.ts';
import { namedItems } from '../../domain/command/named-items.ts';
import { voteLine } from '../../domain/command/vote-line.ts';
import type { Configuration } from '../../domain/configuration/configuration.ts';
import type { ApproverGroup, HeldItem } from '../../domain/held-item.ts';
import { isBefore } from '../../domain/instant.ts';
import type { VoteRecord } from '../../domain/people/vote-record.ts';
import { captureConfiguration } from '../capture-configuration.ts';
import { evaluateJob } from '../job-requests.ts';
import type { DecisionRecord } from '../ports/decision-store.ts';
import { belongsNow } from './belongs-now.ts';
import type { BelongsNow } from './belongs-now.ts';
import type { CommandAnswer, CommandResult, AskedRun } from './command-run.ts';
import { hasHand, isBarred } from './has-hand.ts';

type VoteCommand = Extract<Command, { readonly kind: VoteWord }>;

const says: Readonly<Record<VoteWord, VoteRecord['says']>> = { approve: 'approve', unapprove: 'withdraw', reject: 'reject' };

/**
 * Keeps what somebody says about what the newest decision holds at exactly the head that they named, bound to what it holds
 * there. Who plainly may not is refused; whether it counts is asked again at each judgement.
 */
export async function voteCommand(run: AskedRun, command: VoteCommand): Promise<CommandAnswer> {
  const { head, decision } = run;
  if (!head.startsWith(command.sha)) return { outcome: { kind: 'moved', given: command.sha, head, line: lineAgain(command, head) } };
  if (decision === null) return 'wait';
  const said = await saidBefore(run);
  const named = namedItems(decision.decision.held, { ...command, said });
  // Everything that one said may be taken back, whatever is held by now.
  if (named.length === 0 && !(command.kind === 'unapprove' && command.scope === 'all')) return { outcome: nothingHeld(run, decision, command) };
  // Who said something may take it back, whatever they may do now.
  if (command.kind === 'unapprove' && said.length > 0) return voted(run, command, { items: named, left: [], said }, decision);
  const may = await whatMay(run, decision, named, command.kind);
  return 'kind' in may ? { outcome: may } : voted(run, command, { ...may, said }, decision);
}

/** By whoever asks, whatever they were called then. */
async function saidBefore({ ports, repository, pullRequest, askedBy }: AskedRun): Promise<readonly VoteRecord[]> {
  const records = await ports.store.transaction((transaction) => transaction.voteRecords(repository.id, pullRequest));
  return records.filter(({ person }) => person.id === askedBy.id);
}

function lineAgain({ kind, scope, reason }: VoteCommand, head: string): string {
  return `${voteLine(kind, scope, head)}${reason === null ? '' : ` ${reason}`}`;
}

function nothingHeld({ head }: AskedRun, { decision }: DecisionRecord, { scope }: VoteCommand): CommandRefusal {
  return { kind: 'nothing_held', scope, head, scopes: [...new Set(decision.held.map((item) => item.scope))].toSorted() };
}

interface Allowed {
  readonly items: readonly HeldItem[];
  readonly left: readonly HeldItem[];
}

/** The items that are for whoever asks to decide; nobody decides what has their hand in it. */
async function whatMay(run: AskedRun, { baseBranch, decision }: DecisionRecord, named: readonly HeldItem[], word: VoteWord): Promise<Allowed | CommandRefusal> {
  const { ports, github, repository } = run;
  const { state } = await captureConfiguration(ports, { repository, github, commit: decision.base, branch: baseBranch, defaultBranch: await github.defaultBranch() });
  const asked = named.length === 0 ? anyGroup : [...new Set(named.map(electors))];
  const answers = new Map<string, BelongsNow>();
  for (const elector of asked) answers.set(elector, await belongsNow(run, namesOf(state.effective, elector)));
  const isMine = (item: HeldItem): boolean => answers.get(electors(item)) === 'yes';
  const items = named.filter(isMine);
  if (![...answers.values()].includes('yes')) return [...answers.values()].includes('unreadable') ? { kind: 'role_unreadable' } : { kind: 'not_approver', from: [...new Set(named.map(({ from }) => from))] };
  // A no is heard of whoever only a commit names: anybody can write a name there.
  const isRefused = word === 'approve' ? await isBarred(run, decision, state.effective) : await hasHand(run);
  if (isRefused) return withHand(items);
  return { items, left: named.filter((item) => !isMine(item)) };
}

/** A first configuration any admin may release, its author too. */
function withHand(items: readonly HeldItem[]): Allowed | CommandRefusal {
  const first = items.filter(({ scope }) => scope === 'config/missing');
  return first.length === 0 ? { kind: 'contributor' } : { items: first, left: items.filter((item) => !first.includes(item)) };
}

/** Who decides an item: a group of approvers, and for what mends or begins a configuration any admin. */
type Electors = ApproverGroup | 'tier3 or admins';

const anyGroup: readonly Electors[] = ['tier2', 'tier3', 'root'];

function electors({ scope, from }: HeldItem): Electors {
  return scope === 'config/missing' || scope === 'config/repair' ? 'tier3 or admins' : from;
}

/** Who may approve tier 3 may approve what asks for less. */
function namesOf(configuration: Configuration | null, group: Electors): readonly string[] {
  switch (group) {
    case 'tier2':
      return [...approversOf(configuration, 'tier2'), ...approversOf(configuration, 'tier3')];
    case 'tier3':
    case 'root':
      return approversOf(configuration, group);
    case 'tier3 or admins':
      return ['admins', ...approversOf(configuration, 'tier3')];
  }
}

interface ToVote extends Allowed {
  /** By the same person before. */
  readonly said: readonly VoteRecord[];
}

function voted(run: AskedRun, { kind, scope, reason }: VoteCommand, { items, left, said: before }: ToVote, { decision }: DecisionRecord): CommandResult {
  const { repository, pullRequest, source, askedBy, askedAt, head } = run;
  const at = kind === 'approve' ? askedAt : afterApi(askedAt, before);
  const said = [...new Map(items.map((item) => [item.binding, { scope: item.scope, binding: item.binding }])).values()];
  const vote: VoteRecord = { repositoryId: repository.id, pullRequest, person: { ...askedBy, kind: 'human' }, says: says[kind], scope, head, items: said, reason, source, at };
  return { outcome: { kind: 'voted', word: kind, head, items, left, uncounted: kind === 'approve' ? uncounted(items, decision) : null }, votes: [vote], jobs: [evaluateJob(repository, pullRequest)] };
}

/** A yes of the API is dated by our clock: what takes it back or refuses it comes after it, also where that clock is ahead of GitHub's. */
function afterApi(askedAt: string, said: readonly VoteRecord[]): string {
  return said.filter(({ source }) => source.startsWith('api:')).reduce((latest, { at }) => (isBefore(latest, at) ? at : latest), askedAt);
}

/** As the check says it, except of a first configuration, which even an admin who brought it may release. */
function uncounted(items: readonly HeldItem[], { verdicts }: DecisionRecord['decision']): string | null {
  if (items.every(({ scope }) => scope === 'config/missing')) return null;
  return verdicts.flatMap(({ findings }) => findings).find(({ code }) => code === 'governance/contributors_unknown')?.next ?? null;
}
