import type { Configuration } from '../domain/configuration/configuration.ts';
import { configurationOfHead, configurationPathsOf } from '../domain/configuration/configuration-of-head.ts';
import { readConfiguration } from '../domain/configuration/read-configuration.ts';
import type { JsonObject } from '../domain/json-value.ts';
import { isSameSide, sidesOf } from '../domain/snapshot-files.ts';
import type { Trees } from '../domain/snapshot-files.ts';
import type { ConfigurationState } from '../domain/snapshot.ts';
import { isPlainFile } from '../domain/tree.ts';
import type { FileSide } from '../domain/tree.ts';
import type { ObjectSource } from './ports/object-source.ts';

/** What would be in force once the change is merged; null where it changes no configuration. One that is not valid says nothing: the gates tell it. */
export async function configurationAtHead(objects: Pick<ObjectSource, 'blobs'>, trees: Trees, state: ConfigurationState, baseBranch: string): Promise<Configuration | null> {
  const [mergeBase, base, head] = [sidesOf(trees.mergeBase), sidesOf(trees.base), sidesOf(trees.head)];
  const paths = configurationPathsOf(state);
  const isChanged = (path: string): boolean => !isSameSide(mergeBase.get(path), head.get(path));
  if (!paths.some(isChanged)) return null;
  const documents = new Map<string, JsonObject | null>();
  for (const path of paths) documents.set(path, await documentOf(objects, path, (isChanged(path) ? head : base).get(path)));
  return configurationOfHead({ state, baseBranch, documentAt: (path) => documents.get(path) ?? null });
}

async function documentOf(objects: Pick<ObjectSource, 'blobs'>, path: string, side: FileSide | undefined): Promise<JsonObject | null> {
  if (side === undefined || !isPlainFile(side)) return null;
  const content = (await objects.blobs([{ blob: side.blob, size: side.size }])).get(side.blob);
  const reading = content?.kind === 'bytes' ? readConfiguration(content.bytes, path) : null;
  return reading?.kind === 'valid' ? reading.document : null;
}
