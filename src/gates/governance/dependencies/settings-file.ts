export type SettingsFormat = 'npmrc' | 'yarnrc' | 'old-yarnrc' | 'bunfig' | 'pip' | 'uv';

const named: ReadonlyMap<string, SettingsFormat> = new Map([
  ['.npmrc', 'npmrc'],
  ['.yarnrc.yml', 'yarnrc'],
  ['.yarnrc', 'old-yarnrc'],
  ['bunfig.toml', 'bunfig'],
  ['.bunfig.toml', 'bunfig'],
  ['pip.conf', 'pip'],
  ['pip.ini', 'pip'],
  ['uv.toml', 'uv'],
]);

/** Whether a file says, by its name, where packages come from; null for any other, and for what is installed already. */
export function settingsFileOf(path: string): SettingsFormat | null {
  const folders = path.toLowerCase().split('/');
  const name = folders.pop() ?? '';
  return folders.includes('node_modules') ? null : (named.get(name) ?? null);
}
