import type { Action } from '../../../domain/action/action.ts';
import type { Evidence, RequestOf } from '../../../domain/evidence.ts';
import { compileGlob } from '../../../domain/glob/glob.ts';
import { matchesStars } from '../../../domain/glob/matches-stars.ts';
import { actorOf } from '../../../domain/people/actor-of.ts';
import { belongsTo, membershipRequest } from '../../../domain/people/belongs-to.ts';
import { foldedLogin } from '../../../domain/people/contributor.ts';
import type { Contributor } from '../../../domain/people/contributor.ts';
import { fullNameOf } from '../../../domain/repository.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { endOf, whitelistOf } from './whitelist-entry.ts';
import type { WhitelistEntry } from './whitelist-entry.ts';

/** Whose hand is in the change, for the whitelist: people, and the operators of the agents among them. */
export interface Actors {
  readonly people: readonly Contributor[];
  /** `user:<login>` or `team:<slug>`. */
  readonly operators: readonly string[];
  /** Whether somebody is not known, who matches nothing. */
  readonly hasUnknown: boolean;
}

export interface WhitelistMatch {
  readonly entries: readonly WhitelistEntry[];
  /** What could not be told, where an entry would match otherwise. */
  readonly unknown: readonly string[];
}

/** Entries that let this action pass: in force, for this action and all that it touches, and for every contributor. */
export function matchWhitelist(action: Action, actors: Actors, snapshot: Snapshot, evidence: Evidence): WhitelistMatch {
  const unknown: string[] = [];
  const entries = candidates(action, actors, snapshot).filter((entry) => isForEverybody(entry, actors, evidence, unknown));
  return { entries, unknown: entries.length > 0 ? [] : unknown };
}

/** Memberships on which a match may depend. */
export function whitelistRequests(action: Action, actors: Actors, snapshot: Snapshot): readonly RequestOf<'membership'>[] {
  return candidates(action, actors, snapshot).flatMap((entry) =>
    actors.people.filter((person) => !isNamed(entry, person)).flatMap(({ login }) => entry.actors.flatMap((actor) => (actor.startsWith('team:') ? (membershipRequest(login, actor) ?? []) : []))),
  );
}

/** Entries that fit but for who is behind the change. */
function candidates(action: Action, { hasUnknown, people }: Actors, snapshot: Snapshot): readonly WhitelistEntry[] {
  if (hasUnknown || people.length === 0) return [];
  return entriesIn(snapshot).filter((entry) => fits(entry, action, snapshot));
}

function fits(entry: WhitelistEntry, { action, tier, subject, paths }: Action, { now, repository }: Snapshot): boolean {
  if (!(Date.parse(now) < Date.parse(endOf(entry))) || !matchesStars(entry.action, action)) return false;
  if (entry.maxTier !== null && tier > entry.maxTier) return false;
  const [full, bare] = [fullNameOf(repository), repository.name];
  if (entry.repos.length > 0 && !entry.repos.some((glob) => compileGlob(glob).matches(glob.includes('/') ? full : bare))) return false;
  if (entry.contracts.length > 0 && (subject.contract === undefined || !entry.contracts.some((one) => matchesStars(one, subject.contract ?? '')))) return false;
  if (entry.paths.length === 0) return true;
  const globs = entry.paths.map((glob) => compileGlob(glob));
  return paths.length > 0 && paths.every((path) => globs.some((glob) => glob.matches(path)));
}

function isForEverybody(entry: WhitelistEntry, { people, operators }: Actors, evidence: Evidence, unknown: string[]): boolean {
  const named = people.every((person) => isNamed(entry, person) || isInTeam(entry, person, evidence, unknown));
  return named && operators.every((operator) => entry.actors.some((actor) => foldedLogin(actor) === foldedLogin(operator)));
}

function isNamed(entry: WhitelistEntry, { login }: Contributor): boolean {
  return entry.actors.some((actor) => foldedLogin(actor) === foldedLogin(actorOf(login)));
}

function isInTeam(entry: WhitelistEntry, { login }: Contributor, evidence: Evidence, unknown: string[]): boolean {
  const answers = entry.actors.filter((actor) => actor.startsWith('team:')).map((team) => belongsTo(login, team, evidence));
  if (answers.some(({ kind }) => kind === 'yes')) return true;
  unknown.push(...answers.flatMap((answer) => (answer.kind === 'unknown' ? [answer.why] : [])));
  return false;
}

/** A change may have a thousand actions: the entries are read once. */
const remembered = new WeakMap<Snapshot, readonly WhitelistEntry[]>();

function entriesIn(snapshot: Snapshot): readonly WhitelistEntry[] {
  const known = remembered.get(snapshot) ?? whitelistOf(snapshot);
  remembered.set(snapshot, known);
  return known;
}
