import type { Action } from '../../../domain/action/action.ts';
import { compileGlob } from '../../../domain/glob/glob.ts';
import type { Glob } from '../../../domain/glob/glob.ts';
import { matchesStars } from '../../../domain/glob/matches-stars.ts';
import { daysUntil, isBefore } from '../../../domain/instant.ts';
import { limits } from '../../../domain/limits.ts';
import { fullNameOf } from '../../../domain/repository.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { endOf, isInFull, whitelistOf } from '../../../domain/whitelist/whitelist-entry.ts';
import type { WhitelistEntry, WhitelistSource } from '../../../domain/whitelist/whitelist-entry.ts';

type AskedAction = Pick<Action, 'action' | 'tier' | 'subject' | 'paths'>;

/** Entries in force for this action and all that it touches, whoever they are for. */
export function fittingEntries(action: AskedAction, snapshot: Snapshot): readonly WhitelistEntry[] {
  return entriesAbout(action, snapshot).filter((entry) => reaches(entry, action, snapshot));
}

/** Entries that would fit if they reached its tier, whoever they are for. */
export function lowerEntries(action: AskedAction, snapshot: Snapshot): readonly WhitelistEntry[] {
  return entriesAbout(action, snapshot).filter((entry) => isTooLow(entry, action));
}

/** Entries that will fit an action of tier 4 once they end soon enough, whoever they are for. */
export function laterEntries(action: AskedAction, snapshot: Snapshot): readonly WhitelistEntry[] {
  return action.tier === 4 ? entriesAbout(action, snapshot).filter((entry) => !isTooLow(entry, action) && isForTierFour(entry) && !endsSoon(entry, snapshot)) : [];
}

function isTooLow({ maxTier }: WhitelistEntry, { tier }: AskedAction): boolean {
  return maxTier !== null && tier > maxTier;
}

/** Tier 4 only the organisation reaches, which names the action itself and for a while only, as the built-in rules have it. */
function reaches(entry: WhitelistEntry, action: AskedAction, snapshot: Snapshot): boolean {
  if (isTooLow(entry, action)) return false;
  return action.tier !== 4 || (isForTierFour(entry) && endsSoon(entry, snapshot));
}

function isForTierFour(entry: WhitelistEntry): boolean {
  return entry.level === 'organization' && isInFull(entry);
}

function endsSoon(entry: WhitelistEntry, { now }: Snapshot): boolean {
  return daysUntil(endOf(entry), now) <= limits.liftDays;
}

function entriesAbout(action: AskedAction, snapshot: Snapshot): readonly WhitelistEntry[] {
  const inForce = inForceIn(snapshot);
  const named = inForce.byAction.get(action.action) ?? inForce.entries.filter(({ entry }) => matchesStars(entry.action, action.action));
  inForce.byAction.set(action.action, named);
  const touches = touchesOnly(action.paths);
  const fitting: WhitelistEntry[] = [];
  for (const { entry, paths } of named) if (isForContract(entry, action) && (paths.length === 0 || touches(paths))) fitting.push(entry);
  return fitting;
}

interface EntryInForce {
  readonly entry: WhitelistEntry;
  readonly paths: readonly Glob[];
}

interface EntriesInForce {
  readonly entries: readonly EntryInForce[];
  /** Those for an action of this name. */
  readonly byAction: Map<string, readonly EntryInForce[]>;
}

/** A change may have a thousand actions: the entries are read, and their globs compiled, once. */
const remembered = new WeakMap<Snapshot, EntriesInForce>();

function inForceIn(snapshot: Snapshot): EntriesInForce {
  const known = remembered.get(snapshot);
  if (known !== undefined) return known;
  const entries = whitelistOf(sourceOf(snapshot)).filter((entry) => isInForce(entry, snapshot));
  const globs = new Map([...new Set(entries.flatMap(({ paths }) => paths))].map((glob) => [glob, compileGlob(glob)]));
  const anew = { entries: entries.map((entry) => ({ entry, paths: entry.paths.flatMap((glob) => globs.get(glob) ?? []) })), byAction: new Map<string, readonly EntryInForce[]>() };
  remembered.set(snapshot, anew);
  return anew;
}

/** On the command line nobody has the privileges of a root. */
function sourceOf({ configuration, repository, change }: Snapshot): WhitelistSource {
  return { configuration, isOwnRoot: repository.account.kind === 'user' && change.subject.kind !== 'range' };
}

function isInForce(entry: WhitelistEntry, { now, repository }: Snapshot): boolean {
  if (!isBefore(now, endOf(entry))) return false;
  const [full, bare] = [fullNameOf(repository), repository.name];
  return entry.repos.length === 0 || entry.repos.some((glob) => compileGlob(glob).matches(glob.includes('/') ? full : bare));
}

function isForContract({ contracts }: WhitelistEntry, { subject: { contract } }: AskedAction): boolean {
  return contracts.length === 0 || (contract !== undefined && contracts.some((one) => matchesStars(one, contract)));
}

/** Whether these globs match all that an action touches. Entries share globs: each is asked once. */
function touchesOnly(paths: readonly string[]): (globs: readonly Glob[]) => boolean {
  const told = paths.map(() => new Map<Glob, boolean>());
  const matches = (glob: Glob, index: number): boolean => {
    const known = told[index]?.get(glob) ?? glob.matches(paths[index] ?? '');
    told[index]?.set(glob, known);
    return known;
  };
  return (globs) => paths.length > 0 && paths.every((_path, index) => globs.some((glob) => matches(glob, index)));
}
