import { dialectOf } from '../../domain/json-schema/dialect.ts';
import { isSchema } from '../../domain/json-schema/is-schema.ts';
import { loadDialect } from './load-dialect.ts';

/** Loads the validators of the dialects that these schemas name, so that compiling them takes no time for that. */
export async function loadDialects(schemas: readonly unknown[]): Promise<void> {
  for (const schema of schemas) {
    const named = isSchema(schema) ? dialectOf(schema) : null;
    if (named?.kind === 'known') await loadDialect(named.name);
  }
}
