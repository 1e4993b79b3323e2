import type { FindingCode } from '../../../domain/finding-code.ts';
import type { EvaluatedRule, SkippedRule } from '../../../domain/verdict.ts';
import type { JudgedSchema, SchemaWorld } from './schema-world.ts';

/** Which rules looked at how many changed schemas, and which demand nothing of them. */
export function schemaCoverage({ changed }: SchemaWorld): { readonly evaluated: readonly EvaluatedRule[]; readonly skipped: readonly SkippedRule[] } {
  if (changed.length === 0) return { evaluated: [], skipped: [] };
  const compared = changed.filter((file) => file.demands.some((demand) => demand.mode !== null)).length;
  const counts: Readonly<Partial<Record<FindingCode, number>>> = {
    'schema/immutable_changed': changed.filter((file) => isVersioned(file)).length,
    'schema/incompatible': compared,
    'schema/undecided': compared,
  };
  const entries = Object.entries(counts);
  return {
    evaluated: entries.filter(([, count]) => count > 0).map(([rule, count]) => ({ rule, subjects: count })),
    skipped: [...entries.filter(([, count]) => count === 0).map(([rule]) => ({ rule, why: whyNone(rule) })), ...unversioned(changed)],
  };
}

function whyNone(rule: string): string {
  return rule === 'schema/immutable_changed' ? 'no changed schema is in versioned layout' : 'compatibility: none is configured for every changed schema';
}

function isVersioned(file: JudgedSchema): boolean {
  return file.demands.some((demand) => demand.layout === 'versioned');
}

/** Without a version in its path a file of a versioned layout follows nothing: said, so that nobody takes it for compared. */
function unversioned(changed: readonly JudgedSchema[]): readonly SkippedRule[] {
  const alone = changed.filter((file) => file.place.version === null && file.demands.some((demand) => demand.layout === 'versioned' && demand.mode !== null));
  const [first] = alone;
  if (first === undefined) return [];
  return [{ rule: 'schema/incompatible', why: `${alone.length} of the changed schemas in versioned layout (first: ${first.path}) have no version in their path, so that none comes before them` }];
}
