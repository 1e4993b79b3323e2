import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { GateFixture } from './gate-fixture.ts';

/** Names of the files that export a fixture. */
export const fixtureFiles = globSync('*.ts', { cwd: join(import.meta.dirname, 'fixtures') }).toSorted();

export const gateFixtures: readonly GateFixture[] = await Promise.all(fixtureFiles.map(async (file) => (await import(`./fixtures/${file}`)).fixture));
