import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { organizationConfigurationPath, repositoryConfigurationPath } from '../../domain/configuration/configuration-paths.ts';
import { limits } from '../../domain/limits.ts';
import { readAtMost } from '../read-at-most.ts';

export interface ConfigurationFile {
  /** As findings name it. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface OrganizationFolder extends ConfigurationFile {
  /** In which it stands, a checkout of the organisation's `.github` repository; null where it was named as a file by itself. */
  readonly folder: string | null;
}

/** @param repo The option with which another command finds the same repository. */
export async function readRepositoryConfiguration(directory: string, repo = ''): Promise<ConfigurationFile> {
  return { path: repositoryConfigurationPath, bytes: await readBytes(join(directory, repositoryConfigurationPath), `Write one with: plumbline init${repo}`) };
}

/** A file, or a directory (a checkout of the organisation's `.github` repository) that holds `plumbline.yml`. */
export async function readOrganizationConfiguration(directory: string, path: string): Promise<OrganizationFolder> {
  const named = resolve(directory, path);
  const isDirectory = await stat(named).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return { path: organizationConfigurationPath, bytes: await readBytes(isDirectory ? join(named, organizationConfigurationPath) : named, 'Name the file, or a directory that holds plumbline.yml.'), folder: isDirectory ? named : null };
}

/** Null where there is none. */
export async function findConfigurationFile(directory: string): Promise<ConfigurationFile | null> {
  const isThere = await stat(join(directory, repositoryConfigurationPath)).then(
    () => true,
    () => false,
  );
  return isThere ? await readRepositoryConfiguration(directory) : null;
}

export async function readNamedFile(directory: string, path: string): Promise<ConfigurationFile> {
  return { path, bytes: await readBytes(resolve(directory, path), 'Name an existing file.') };
}

async function readBytes(path: string, next: string): Promise<Uint8Array> {
  return await readAtMost(path, path, limits.fileBytes, next);
}
