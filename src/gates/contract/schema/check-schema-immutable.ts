import { firstDifference } from '../../../domain/contract/first-difference.ts';
import type { Digest } from '../../../domain/digest.ts';
import { quoted } from '../../../domain/finding.ts';
import type { Finding } from '../../../domain/finding.ts';
import type { SchemaVersion } from '../../../domain/schema/schema-version.ts';
import { pathWord, shellWord } from '../../../domain/shell-word.ts';
import type { Sha } from '../../../domain/tree.ts';
import { reportSchema } from './report-schema.ts';
import { isAsAtBase, recordedAt } from './schema-world.ts';
import type { JudgedSchema, SchemaWorld } from './schema-world.ts';

/** In versioned layout a released path keeps its content for ever, whether the base still has it or not, and whatever stands elsewhere. A byte-only change is none. */
export function checkSchemaImmutable(file: JudgedSchema, world: SchemaWorld): readonly Finding[] {
  const { inResult, atBase } = file;
  if (!isVersioned(file) || inResult.kind === 'unavailable' || atBase.kind === 'unavailable' || isAsAtBase(file)) return [];
  const released = releasedHashes(file, world);
  const [first] = released;
  if (first === undefined) return [];
  if (inResult.kind === 'document') return released.includes(inResult.contentHash) ? [] : [changed(file, released, inResult.contentHash, world)];
  return atBase.kind === 'document' || inResult.kind === 'unusable' ? [gone(file, released, world)] : [];
}

function isVersioned({ demands }: JudgedSchema): boolean {
  return demands.some((demand) => demand.layout === 'versioned');
}

/** What the base has, where that was released; else whatever was released here. */
function releasedHashes(file: JudgedSchema, world: SchemaWorld): readonly Digest[] {
  const recorded = (recordedAt(file, world) ?? []).map((version) => version.contentHash);
  const standing = file.atBase.kind === 'document' ? file.atBase.contentHash : null;
  return standing !== null && (recorded.length === 0 || recorded.includes(standing)) ? [standing] : recorded;
}

function changed(file: JudgedSchema, released: readonly Digest[], found: Digest, world: SchemaWorld): Finding {
  const { atBase, inResult } = file;
  const pointer = atBase.kind === 'document' && inResult.kind === 'document' ? (firstDifference(atBase.document.value, inResult.document.value) ?? '') : '';
  return reportSchema(file, pointer, {
    code: 'schema/immutable_changed',
    subject: 'changed',
    message: `The schema ${quoted(file.path)} changed, but another content was released at this path, and in versioned layout a released path never changes.`,
    expected: released.join(', '),
    found,
    next: `${restore(file, released, recordedAt(file, world) ?? [], world.snapshot.base)}, and put the new version into a path of its own.`,
  });
}

function gone(file: JudgedSchema, released: readonly Digest[], world: SchemaWorld): Finding {
  const found = file.inResult.kind === 'unusable' ? file.inResult.why : 'no file';
  return reportSchema(file, '', {
    code: 'schema/immutable_changed',
    subject: 'gone',
    message: `Cannot take the schema ${quoted(file.path)} away: ${found}, expected the content that was released there. In versioned layout a released path never changes.`,
    expected: released.join(', '),
    found,
    next: `${restore(file, released, recordedAt(file, world) ?? [], world.snapshot.base)}.`,
  });
}

function restore({ path }: JudgedSchema, released: readonly Digest[], recorded: readonly SchemaVersion[], base: Sha): string {
  const version = recorded.findLast((one) => released.includes(one.contentHash));
  const command = version === undefined || version.origin === path ? `git checkout ${version?.commit ?? base} -- ${pathWord(path)}` : `git show ${shellWord(`${version.commit}:${version.origin}`)} > ${shellWord(path)}`;
  return `Run \`${command}\` and commit the result`;
}
