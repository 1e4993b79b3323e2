import type { LockedVersion } from './npm-source.ts';

/** What a key of `packages` stands for: `name@1.2.3(peer@4.5.6)`; with a slash before it in older forms, and one in place of the `@` in the oldest. */
export function pnpmKey(key: string): LockedVersion {
  const [bare = ''] = key.replace(/^\//, '').split('(');
  const [, name, version] = /^(@[^/@]+\/[^/@]+|[^/@]+)[@/](.*)$/.exec(bare) ?? [];
  const [bareVersion = ''] = (version ?? bare).split('_');
  return { name: name ?? bare, version: bareVersion };
}
