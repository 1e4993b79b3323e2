import type { Evidence } from '../../../domain/evidence.ts';
import type { Finding } from '../../../domain/finding.ts';
import type { EvaluatedRule, SkippedRule } from '../../../domain/verdict.ts';
import type { Governed } from '../plan-contracts.ts';
import { checkSchemaCompatible } from './check-schema-compatible.ts';
import { checkSchemaImmutable } from './check-schema-immutable.ts';
import { checkSchemaRecord } from './check-schema-record.ts';
import { checkSchemaRemoved } from './check-schema-removed.ts';
import { schemaCoverage } from './schema-coverage.ts';
import { schemaWorld } from './schema-world.ts';

export interface JudgedSchemas {
  readonly findings: readonly Finding[];
  readonly evaluated: readonly EvaluatedRule[];
  readonly skipped: readonly SkippedRule[];
  readonly covered: readonly string[];
}

/** Governed schemas keep their versions: unchanged where they are released for ever, compatible where they go on. */
export function judgeSchemas(governed: Governed, evidence: Evidence): JudgedSchemas {
  const world = schemaWorld(governed, evidence);
  const checks = [checkSchemaRecord, checkSchemaImmutable, checkSchemaRemoved, checkSchemaCompatible];
  return { findings: world.changed.flatMap((file) => checks.flatMap((check) => check(file, world))), ...schemaCoverage(world), covered: world.changed.map((file) => file.path) };
}
