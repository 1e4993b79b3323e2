import { quoted } from '../../../domain/finding.ts';
import type { Finding } from '../../../domain/finding.ts';
import { compatibilityOf } from '../../../domain/schema/schema-demand.ts';
import { pathWord } from '../../../domain/shell-word.ts';
import { hasMoved } from './moved-to.ts';
import { mustTell } from './must-tell.ts';
import { reportSchema } from './report-schema.ts';
import type { JudgedSchema, SchemaWorld } from './schema-world.ts';

/**
 * Who reads a schema that is gone can read nothing: deleting it breaks every mode but `none`, and so does moving it
 * with a change, out of what is governed, or to where less is demanded. In versioned layout it is a change of what was released.
 */
export function checkSchemaRemoved(file: JudgedSchema, world: SchemaWorld): readonly Finding[] {
  const { atBase, inResult, path } = file;
  const demand = file.demands.find((one) => one.layout === 'in-place' && one.mode !== null && atBase.kind === 'document' && !hasMoved(file, atBase.contentHash, one, world));
  if (demand === undefined || inResult.kind === 'document' || inResult.kind === 'unavailable') return [];
  if (inResult.kind === 'unusable' && inResult.isBroken && !mustTell('schema/incompatible', world)) return [];
  const found = inResult.kind === 'unusable' ? `no readable schema: ${inResult.why}` : 'no file, and its content at no other path that demands as much';
  return [
    reportSchema(file, '', {
      code: 'schema/incompatible',
      subject: ' schema_removed',
      message: `The schema ${quoted(path)} is gone (schema_removed): found ${found}. Its set demands ${compatibilityOf(demand)} compatibility, and who relies on it can read nothing any more. This change is held: a person may release it.`,
      expected: 'the schema at this path, or its unchanged content at another one that demands as much',
      found,
      next: `Run \`git checkout ${world.snapshot.base} -- ${pathWord(path)}\` to keep it, or ask the approvers of tier 3 to release its removal.`,
    }),
  ];
}
