import { member } from '../configuration/member.ts';
import { organizationDocument } from '../configuration/organization-document.ts';
import { digestOfValue } from '../digest.ts';
import type { Digest } from '../digest.ts';
import { daysAfter } from '../instant.ts';
import type { JsonObject } from '../json-value.ts';
import { limits } from '../limits.ts';
import type { ConfigurationState } from '../snapshot.ts';

/** An entry of the whitelist in force, with the level that wrote it. */
export interface WhitelistEntry {
  readonly level: 'organization' | 'repository';
  /** `*` stands for any text. */
  readonly action: string;
  readonly actors: readonly string[];
  readonly repos: readonly string[];
  readonly paths: readonly string[];
  readonly contracts: readonly string[];
  readonly maxTier: number | null;
  /** The tier that it would reach if the organisation let it, where it does not; null: it reaches what it says. */
  readonly wantedTier: number | null;
  /** A date: it ends when this day begins (UTC). */
  readonly until: string;
  readonly owner: string;
  readonly reason: string;
}

/** The instant (ISO 8601) at which an entry ends. */
export function endOf({ until }: Pick<WhitelistEntry, 'until'>): string {
  return `${until}T00:00:00.000Z`;
}

/** The instant (ISO 8601) from which on an entry ends soon enough for tier 4. */
export function liftsFrom(entry: Pick<WhitelistEntry, 'until'>): string {
  return daysAfter(endOf(entry), -limits.liftDays);
}

/** Whether it names its action itself, without a star. */
export function isInFull({ action }: Pick<WhitelistEntry, 'action'>): boolean {
  return !action.includes('*');
}

export interface WhitelistSource {
  readonly configuration: Pick<ConfigurationState, 'organizationText' | 'effective'>;
  /** Whether it belongs to a user account, whose own configuration plays the organisation's. */
  readonly isOwnRoot: boolean;
}

/** The entries of the configuration in force: the organisation's are those that stand in its own document. */
export function whitelistOf(source: WhitelistSource): readonly WhitelistEntry[] {
  const { configuration } = source;
  const organization = new Set(organizationEntries(source).map((entry) => digestOfValue(entry)));
  const wanted = wantedTiers(configuration);
  return entriesOf(configuration.effective?.document ?? {}).map((entry) => ({
    ...(organization.has(digestOfValue(entry)) ? { level: 'organization', wantedTier: null } : { level: 'repository', wantedTier: wanted.get(digestOfValue(entry)) ?? null }),
    action: member.text(entry, 'action') ?? '',
    actors: member.texts(entry, 'actors'),
    repos: member.texts(entry, 'repos'),
    paths: member.texts(entry, 'paths'),
    contracts: member.texts(entry, 'contracts'),
    maxTier: member.number(entry, 'maxTier'),
    until: member.text(entry, 'until') ?? '',
    owner: member.text(entry, 'owner') ?? '',
    reason: member.text(entry, 'reason') ?? '',
  }));
}

/** By digest. Two that differ in nothing but how far they were written to reach are one in force: it is told as the further one. */
function wantedTiers({ effective }: WhitelistSource['configuration']): ReadonlyMap<Digest, number> {
  const shortened = (effective?.shortenedEntries ?? []).toSorted((a, b) => a.wantedTier - b.wantedTier);
  return new Map(shortened.map(({ entry, wantedTier }) => [digestOfValue(entry), wantedTier]));
}

function entriesOf(document: JsonObject): readonly JsonObject[] {
  return member.objects(member.object(document, 'governance'), 'whitelist');
}

/** A user account's default branch plays the organisation; a branch other than it has the default branch's text as the organisation's. */
function organizationEntries({ configuration, isOwnRoot }: WhitelistSource): readonly JsonObject[] {
  const { organizationText, effective } = configuration;
  if (organizationText !== null) return entriesOf(organizationDocument(configuration) ?? {});
  return isOwnRoot ? entriesOf(effective?.document ?? {}) : [];
}
