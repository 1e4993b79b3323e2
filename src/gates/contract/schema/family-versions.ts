import type { SchemaDemand } from '../../../domain/schema/schema-demand.ts';
import { familyMembers } from './family-members.ts';
import type { FamilyMember } from './family-members.ts';
import type { OlderVersion } from './older-versions.ts';
import type { JudgedSchema, SchemaWorld } from './schema-world.ts';

/**
 * In versioned layout: the file with the greatest lower version among those whose paths differ in nothing but the
 * version; transitively, all lower ones, newest first. Released files count as they were released, also where the base
 * has lost them; files that the same change adds count too. A path without a version follows nothing.
 */
export function familyVersions({ path, place }: JudgedSchema, { isTransitive }: SchemaDemand, world: SchemaWorld): readonly OlderVersion[] {
  const members = familyMembers(place.family, world);
  const index = members.findIndex((member) => member.path === path);
  const own = members[index];
  if (own === undefined) return [];
  // A version that is written in another way is repeated: what was there before this change comes first.
  const same = members.filter((member) => member.rank === own.rank && member.path !== path && !member.isNew);
  const lower = members.filter((member) => member.rank < own.rank);
  const before = [...lower, ...same];
  return (isTransitive ? before : before.filter((member) => member.rank === before.at(-1)?.rank)).map((member: FamilyMember) => member.older).toReversed();
}
