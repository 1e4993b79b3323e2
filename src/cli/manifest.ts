import { readDocument } from '../domain/document/read-document.ts';
import { Failure } from '../domain/failure.ts';
import { isJsonObject } from '../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../domain/json-value.ts';
import { readPackageFile } from '../probes/package-file.ts';

/** What the App asks of GitHub, as `app.yml` says. */
export interface AppManifest {
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
  /** The whole of it. */
  readonly document: JsonObject;
}

export async function readManifest(): Promise<AppManifest> {
  const reading = readDocument(await readPackageFile('app.yml'), 'yaml');
  if (reading.kind === 'problem' || !isJsonObject(reading.document.value)) throw new Failure('NOT_FOUND', 'Cannot read app.yml: it is no manifest, expected the one of this version. Install Plumbline again.');
  const document = reading.document.value;
  const permissions = document['default_permissions'];
  return { permissions: isJsonObject(permissions) ? Object.fromEntries(Object.entries(permissions).flatMap(([name, level]) => (typeof level === 'string' ? [[name, level] as const] : []))) : {}, events: textsOf(document['default_events']), document };
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one: JsonValue) => typeof one === 'string') : [];
}
