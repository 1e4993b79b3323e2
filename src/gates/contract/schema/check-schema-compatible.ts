import type { Finding } from '../../../domain/finding.ts';
import { compared as told } from './compared-findings.ts';
import { comparedWith } from './compared.ts';
import type { Compared } from './compared.ts';
import { compiles } from './compiles.ts';
import { mustTell } from './must-tell.ts';
import { unreadableSchema } from './report-schema.ts';
import { recordedAt } from './schema-world.ts';
import type { JudgedSchema, SchemaWorld } from './schema-world.ts';

/** A changed schema must be compatible with what stood before it, as its sets demand; what can not be told is held for a person. */
export function checkSchemaCompatible(file: JudgedSchema, world: SchemaWorld): readonly Finding[] {
  if (file.inResult.kind !== 'document' || recordedAt(file, world) === null) return [];
  const comparisons = comparedWith(file, world);
  if (comparisons.length === 0) return [];
  switch (compiles(file, world.evidence)) {
    case 'no':
      return mustTell('schema/undecided', world) ? told(file, uncompiled(file, 'the schema does not compile')) : [];
    case 'undecided':
      return told(file, uncompiled(file, 'the schema could not be compiled within the limits'));
    case 'unknown':
      return [unreadableSchema(file.path, 'whether the schema compiles', 'it was not compiled')];
    case 'yes':
      return told(file, comparisons);
  }
}

function uncompiled({ demands }: JudgedSchema, why: string): readonly Compared[] {
  return demands.filter(({ mode }) => mode !== null).map((demand) => ({ kind: 'undecided', demand, older: null, why }));
}
