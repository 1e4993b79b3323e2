import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SchemaVersion } from '../../src/domain/schema/schema-version.ts';
import { unrecordedSchemas } from '../../src/flows/unrecorded-schemas.ts';
import { aConfiguration, aSchemaSet } from '../builders/a-configuration.ts';

const path = 'schemas/name/v1.json';

const aVersion = (content: string): SchemaVersion => ({ entry: 'rel', path, contentHash: `sha256:${content.repeat(64)}`, blob: content.repeat(40), commit: content.repeat(40), origin: path });
const [one, two, three] = [aVersion('1'), aVersion('2'), aVersion('3')];

const unrecorded = (versions: readonly SchemaVersion[], others: readonly SchemaVersion[]) =>
  unrecordedSchemas({ schemaVersions: async () => others }, { repositoryId: 1, entry: 'rel', configuration: aConfiguration({ schemas: [aSchemaSet({ layout: 'versioned' })] }), versions, knownPaths: new Set() });

test('of a frozen path to which another branch gave another content meanwhile nothing is recorded', async () => {
  assert.deepEqual(await unrecorded([two, three], [one]), []);
});

test('where branches have a version of a frozen path in common, what else it had before it was frozen is recorded', async () => {
  assert.deepEqual(await unrecorded([one, two], [one]), [one, two]);
});
