export type SettingsFormat = 'npmrc' | 'yarnrc' | 'old-yarnrc' | 'pnpm-workspace' | 'bunfig' | 'pip' | 'uv' | 'pdm' | 'poetry';

const named: ReadonlyMap<string, SettingsFormat> = new Map([
  ['.npmrc', 'npmrc'],
  ['.yarnrc.yml', 'yarnrc'],
  ['.yarnrc', 'old-yarnrc'],
  ['pnpm-workspace.yaml', 'pnpm-workspace'],
  ['bunfig.toml', 'bunfig'],
  ['.bunfig.toml', 'bunfig'],
  ['pip.conf', 'pip'],
  ['pip.ini', 'pip'],
  ['uv.toml', 'uv'],
  ['pdm.toml', 'pdm'],
  ['.pdm.toml', 'pdm'],
  ['poetry.toml', 'poetry'],
]);

/** Whether a file says, by its name, where packages come from or how that is checked; null for any other, and for what is installed already. */
export function settingsFileOf(path: string): SettingsFormat | null {
  const folders = path.toLowerCase().split('/');
  const name = folders.pop() ?? '';
  return folders.includes('node_modules') ? null : (named.get(name) ?? null);
}
