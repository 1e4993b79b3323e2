import { repositoryConfigurationPath } from '../../domain/configuration/configuration-paths.ts';
import { readConfiguration } from '../../domain/configuration/read-configuration.ts';
import { findConfigurationFile } from '../config/configuration-file.ts';
import { diagnosis } from './diagnosis.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Patient } from './run-doctor.ts';

export async function lookAtConfiguration({ directory, repo }: Patient): Promise<readonly Diagnosis[]> {
  const file = await findConfigurationFile(directory);
  if (file === null) return [diagnosis('configuration', 'warn', `there is no ${repositoryConfigurationPath} in ${directory}: nothing of this repository is governed by itself`, `Write one with: plumbline init${repo}`)];
  const reading = readConfiguration(file.bytes, file.path);
  if (reading.kind === 'valid') return [diagnosis('configuration', 'ok', `${file.path} is valid`)];
  const [first] = reading.findings;
  return [diagnosis('configuration', 'fail', `${file.path} line ${first?.line ?? 1}: ${first?.message ?? 'it is not valid'}`, `See all of it: plumbline config check${repo}`)];
}
