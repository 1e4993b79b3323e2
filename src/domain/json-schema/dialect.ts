import type { PlainSchema } from './is-schema.ts';

export type DialectName = 'draft-06' | 'draft-07' | '2019-09' | '2020-12';

/** What schemas may be written in. Draft 4 is read as draft 7: see `modernSchema`. */
export type SchemaDialect = DialectName | 'draft-04';

export const metaSchemaUris: Readonly<Record<SchemaDialect, string>> = {
  'draft-04': 'http://json-schema.org/draft-04/schema',
  'draft-06': 'http://json-schema.org/draft-06/schema',
  'draft-07': 'http://json-schema.org/draft-07/schema',
  '2019-09': 'https://json-schema.org/draft/2019-09/schema',
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
};

/** The dialect that `$schema` names; the current one where a schema names none. */
export function dialectOf(schema: PlainSchema): { readonly kind: 'known'; readonly name: SchemaDialect } | { readonly kind: 'unknown'; readonly uri: string } {
  const stated = typeof schema === 'boolean' ? undefined : schema['$schema'];
  if (stated === undefined) return { kind: 'known', name: '2020-12' };
  const name = typeof stated === 'string' ? byUri.get(comparable(stated)) : undefined;
  return name === undefined ? { kind: 'unknown', uri: typeof stated === 'string' ? stated : typeof stated } : { kind: 'known', name };
}

function comparable(uri: string): string {
  return uri.replace(/^https?:/, '').replace(/#$/, '');
}

const names: readonly SchemaDialect[] = ['draft-04', 'draft-06', 'draft-07', '2019-09', '2020-12'];
const byUri = new Map(names.map((name) => [comparable(metaSchemaUris[name]), name]));
