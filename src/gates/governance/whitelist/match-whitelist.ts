import type { Action } from '../../../domain/action/action.ts';
import { keyOf } from '../../../domain/probe-key.ts';
import type { Evidence } from '../../../domain/evidence.ts';
import type { RequestOf } from '../../../domain/probe-request.ts';
import { actorOf } from '../../../domain/people/actor-of.ts';
import { belongsTo, membershipRequest } from '../../../domain/people/belongs-to.ts';
import type { Belonging } from '../../../domain/people/belongs-to.ts';
import { foldedLogin } from '../../../domain/people/contributor.ts';
import type { Contributor } from '../../../domain/people/contributor.ts';
import { eachOnce, isOpenYes } from '../../../domain/people/untold.ts';
import type { Untold } from '../../../domain/people/untold.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { fittingEntries, laterEntries, lowerEntries } from './fitting-entries.ts';
import type { WhitelistEntry } from '../../../domain/whitelist/whitelist-entry.ts';

/** Whose hand is in the change, for the whitelist: people, and the operators of the agents among them. Put together once for what is known. */
export interface Actors {
  readonly people: readonly Contributor[];
  /** `user:<login>` or `team:<slug>`. */
  readonly operators: readonly string[];
  /** Whether somebody is not known, who matches nothing. */
  readonly hasUnknown: boolean;
  /** Why it could not be read who they are, so that all of them may match; null: it was. */
  readonly unread: Untold | null;
}

export interface WhitelistMatch {
  readonly entries: readonly WhitelistEntry[];
  /** What could not be told, where an entry would match otherwise. */
  readonly unknown: readonly Untold[];
}

/** Entries that let this action pass: in force, for this action and all that it touches, and for every contributor. */
export function matchWhitelist(action: Action, actors: Actors, snapshot: Snapshot, evidence: Evidence): WhitelistMatch {
  const known = matchesOf(evidence, actors, snapshot);
  const match = known.byAction.get(action) ?? matchAnew(action, known);
  known.byAction.set(action, match);
  return match;
}

/** Entries that match, and those that may: who is behind the change, or whom an entry means, could not be told as a whole. Of no other it is certain that it was not needed here. */
export function entriesPerhaps(action: Action, actors: Actors, snapshot: Snapshot, evidence: Evidence): readonly WhitelistEntry[] {
  const fitting = fittingEntries(action, snapshot);
  return actors.unread === null ? perhapsForEverybody(fitting, matchesOf(evidence, actors, snapshot)) : fitting;
}

/** Entries that would let this action pass if they reached its tier, but for those that are certainly not for every contributor. */
export function entriesTooLow(action: Action, actors: Actors, snapshot: Snapshot, evidence: Evidence): readonly WhitelistEntry[] {
  return perhapsForEverybody(lowerEntries(action, snapshot), matchesOf(evidence, actors, snapshot));
}

/** Entries that let this action of tier 4 pass once they end soon enough, but for those that are certainly not for every contributor. */
export function entriesLater(action: Action, actors: Actors, snapshot: Snapshot, evidence: Evidence): readonly WhitelistEntry[] {
  return perhapsForEverybody(laterEntries(action, snapshot), matchesOf(evidence, actors, snapshot));
}

function perhapsForEverybody(entries: readonly WhitelistEntry[], known: Matches): readonly WhitelistEntry[] {
  return entries.filter((entry) => {
    const { is, unknown } = forEverybody(entry, known);
    return is || unknown.length > 0;
  });
}

/** Memberships on which a match of these actions may depend, each once. */
export function whitelistRequests(actions: readonly Action[], actors: Actors, snapshot: Snapshot): readonly RequestOf<'membership'>[] {
  const entries = new Set(actions.flatMap((action) => candidates(action, actors, snapshot)));
  const requests = [...entries].flatMap((entry) =>
    actors.people.filter((person) => !isNamed(entry, person)).flatMap((person) => entry.actors.flatMap((actor) => (actor.startsWith('team:') ? (membershipRequest(person, actor) ?? []) : []))),
  );
  return [...new Map(requests.map((request) => [keyOf(request), request])).values()];
}

interface Matches {
  readonly actors: Actors;
  readonly snapshot: Snapshot;
  readonly evidence: Evidence;
  readonly byAction: WeakMap<Action, WhitelistMatch>;
  readonly byEntry: Map<WhitelistEntry, ForEverybody>;
}

/** A change may have a thousand actions that each are asked about many times: who an entry is for, and what matches, is told once. */
const remembered = new WeakMap<Evidence, Matches>();

function matchesOf(evidence: Evidence, actors: Actors, snapshot: Snapshot): Matches {
  const known = remembered.get(evidence);
  if (known !== undefined && known.actors === actors && known.snapshot === snapshot) return known;
  const anew: Matches = { actors, snapshot, evidence, byAction: new WeakMap(), byEntry: new Map() };
  remembered.set(evidence, anew);
  return anew;
}

function matchAnew(action: Action, known: Matches): WhitelistMatch {
  const fitting = candidates(action, known.actors, known.snapshot);
  if (known.actors.unread !== null) return { entries: [], unknown: fitting.length === 0 ? [] : [known.actors.unread] };
  const entries = fitting.filter((entry) => forEverybody(entry, known).is);
  return { entries, unknown: entries.length > 0 ? [] : eachOnce(fitting.flatMap((entry) => forEverybody(entry, known).unknown)) };
}

/** Entries that fit but for who is behind the change. */
function candidates(action: Action, { hasUnknown, people, unread }: Actors, snapshot: Snapshot): readonly WhitelistEntry[] {
  return unread === null && (hasUnknown || people.length === 0) ? [] : fittingEntries(action, snapshot);
}

interface ForEverybody {
  readonly is: boolean;
  readonly unknown: readonly Untold[];
}

function forEverybody(entry: WhitelistEntry, { actors: { people, operators }, evidence, byEntry }: Matches): ForEverybody {
  const known = byEntry.get(entry);
  if (known !== undefined) return known;
  const told = forAll(entry, { people, operators }, evidence);
  byEntry.set(entry, told);
  return told;
}

/** Who is certainly not meant makes certain that the entry does not match, whoever else may be. */
function forAll(entry: WhitelistEntry, { people, operators }: Pick<Actors, 'people' | 'operators'>, evidence: Evidence): ForEverybody {
  const meant = people.map((person): Belonging => (isNamed(entry, person) ? { kind: 'yes', name: actorOf(person.login) } : inTeam(entry, person, evidence)));
  const areOperatorsNamed = operators.every((operator) => entry.actors.some((actor) => foldedLogin(actor) === foldedLogin(operator)));
  if (!areOperatorsNamed || meant.some(({ kind }) => kind === 'no')) return { is: false, unknown: [] };
  const unknown = meant.flatMap((one) => (one.kind === 'unknown' ? one.untold : []));
  return { is: unknown.length === 0, unknown };
}

function isNamed(entry: WhitelistEntry, { login }: Contributor): boolean {
  return entry.actors.some((actor) => foldedLogin(actor) === foldedLogin(actorOf(login)));
}

/** Whose account is gone belongs to no team. */
function inTeam(entry: WhitelistEntry, person: Contributor, evidence: Evidence): Belonging {
  const belonging = belongsTo(person, entry.actors.filter((actor) => actor.startsWith('team:')), evidence);
  return belonging.kind === 'unknown' && !belonging.untold.some(isOpenYes) ? { kind: 'no' } : belonging;
}
